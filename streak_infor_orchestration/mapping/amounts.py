"""A quantity, price or amount as it stands in a field."""

from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Problem, Value
from streak_infor_orchestration.mapping.numbers import (
    MAX_DECIMALS,
    MAX_VALUE,
    Ambiguous,
    decimals,
    parse_number,
    settled,
)
from streak_infor_orchestration.mapping.values import as_text


def read_amount(value: Value, field: str, config: Integration, rule: str) -> Decimal | Problem:
    """A number of zero or more, as a quantity, price or amount may be. `rule` is the place that asked for it."""
    text = as_text(value, config.company.zone)

    def problem(code: str, message: str, fix: str) -> Problem:
        return Problem(code=code, message=f'"{field}" {message}', field=field, value=text, rule=rule, fix=fix)

    try:
        number = value if isinstance(value, Decimal) else parse_number(text, config.numbers.decimal)
    except Ambiguous:
        fix = "Write it without separators between thousands, and with two decimals: 1234.00 or 1.23."
        return problem("ambiguous_number", "can mean two different numbers.", fix)
    if number is None or not number.is_finite():
        return problem("not_a_number", "is not a number.", "Enter digits only, such as 1234.50.")
    if number < 0:
        return problem("negative", "is below zero.", "Enter a number of zero or more.")
    if number > MAX_VALUE:
        return problem("too_large", "is too large to be true.", "Check for a slip of the finger.")
    if decimals(number) > MAX_DECIMALS:
        return problem("too_precise", f"has more than {MAX_DECIMALS} decimals.", "Round it.")
    return settled(number)
