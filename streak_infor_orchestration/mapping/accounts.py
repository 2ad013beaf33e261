"""Which account of the general ledger a line is booked to, and whether that can be."""

from collections.abc import Mapping as Dictionary

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import DealLine, Problem
from streak_infor_orchestration.domain.master_data import GLAccount
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.mapping.prices import line_problem


def account_of(
    line: DealLine, sku: str, accounts: Dictionary[str, GLAccount] | None, config: Integration
) -> str | Problem:
    """By the product's code, "" for the ERP's own choice. `accounts` None: the ERP does not tell which it has."""
    number = config.erp.account_of(sku)
    if not number or accounts is None:
        return number
    account, rule = accounts.get(number), config.place("erp", "gl_accounts")
    if account is None:
        message = f'The ERP has no account {number}, which "{line.sku}" is booked to.'
        return line_problem(line.at("sku"), rule, LineCode.UNKNOWN_ACCOUNT, message)
    if account.blocked:
        message = (
            f'Nothing can be booked to account {number}, which "{line.sku}" is booked to: it is blocked.'
        )
        return line_problem(line.at("sku"), rule, LineCode.BLOCKED_ACCOUNT, message)
    return number
