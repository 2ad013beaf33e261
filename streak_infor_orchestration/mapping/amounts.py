"""A quantity, price, amount, percentage or currency as it stands in a field."""

from decimal import Decimal

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.domain.deal import Part, Problem, Value
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration.mapping.currencies import apart, currencies_of
from streak_infor_orchestration.mapping.numbers import (
    MAX_DECIMALS,
    MAX_VALUE,
    Ambiguous,
    decimals,
    parse_number,
    settled,
)
from streak_infor_orchestration.mapping.values import as_text, number_text


def read_amount(value: Value, field: str, config: Integration, rule: str) -> Decimal | Problem:
    """A number of zero or more, as a quantity, price or amount may be. `rule` is the place that asked for it."""
    text = as_text(value, config.company.zone)

    def problem(code: ValueCode, message: str) -> Problem:
        return Problem(code=code, message=f'"{field}" {message}', field=field, value=text, rule=rule)

    try:
        number = value if isinstance(value, Decimal) else parse_number(text, config.decimal_mark)
    except Ambiguous:
        return problem(ValueCode.AMBIGUOUS_NUMBER, "can mean two different numbers.")
    if number is None or not number.is_finite():
        return problem(ValueCode.NOT_A_NUMBER, "is not a number.")
    if number < 0:
        return problem(ValueCode.NEGATIVE, "is below zero.")
    if number > MAX_VALUE:
        return problem(ValueCode.TOO_LARGE, "is too large to be true.")
    if decimals(number) > MAX_DECIMALS:
        return problem(ValueCode.TOO_PRECISE, f"has more than {MAX_DECIMALS} decimals.")
    return settled(number)


Stated = tuple[Decimal, str]


def read_price(value: Value, field: str, config: Integration, rule: str, currency: str) -> Stated | Problem:
    """An amount and the currency written with it, such as "180,00 €"; "" for none. `currency` is the one meant by a
    sign that several share."""
    text = as_text(value, config.company.zone)
    number, sign = ("", "") if isinstance(value, Decimal) else apart(text)
    stated = read_currency(sign, field, currency, rule) if sign else ""
    amount = read_amount(number if sign else value, field, config, rule)
    for reading in (stated, amount):
        if isinstance(reading, Problem):
            return reading.model_copy(update={"value": text})
    assert isinstance(amount, Decimal) and isinstance(stated, str)
    return amount, stated


def read_money(value: Value, field: str, config: Integration, rule: str, currency: str) -> Decimal | Problem:
    """An amount in `currency`, which may be written with it."""
    reading = read_price(value, field, config, rule, currency)
    if isinstance(reading, Problem):
        return reading
    amount, stated = reading
    return other_currency(value, field, config, rule, stated, currency) or amount


def other_currency(
    value: Value, field: str, config: Integration, rule: str, stated: str, currency: str
) -> Problem | None:
    """For an amount that states another currency than it must be in."""
    if stated in ("", currency):
        return None
    message, fix = f'"{field}" is in {stated}, not in {currency}.', f"Enter the amount in {currency}."
    text = as_text(value, config.company.zone)
    return Problem(
        code=ValueCode.OTHER_CURRENCY, message=message, field=field, value=text, rule=rule, fix=fix
    )


def read_part(value: Value, field: str, config: Integration, rule: str, currency: str) -> Part | Problem:
    """A discount or tax: an amount in `currency`, which may be written with it, or with a percent sign a share of at
    most the whole. 0.19 alone can be either."""
    text = as_text(value, config.company.zone)
    if is_percentage(text):
        return _share(text, field, config, rule)
    reading = read_price(value, field, config, rule, currency)
    if isinstance(reading, Problem):
        return reading
    amount, stated = reading
    if 0 < amount < 1 and not stated:
        message = f'"{field}" can mean an amount or a share.'
        fix = f'Write "{number_text((amount * 100).normalize())}%" or "{number_text(amount)} {currency}".'
        return Problem(
            code=ValueCode.AMOUNT_OR_SHARE, message=message, field=field, value=text, rule=rule, fix=fix
        )
    return other_currency(value, field, config, rule, stated, currency) or Part(value=amount)


def is_percentage(text: str) -> bool:
    """Whether it has a percent sign, which some write first."""
    return text.startswith("%") != text.endswith("%")


def _share(text: str, field: str, config: Integration, rule: str) -> Part | Problem:
    percent = read_amount(text.strip("%").strip(), field, config, rule)
    if isinstance(percent, Problem):
        return percent.model_copy(update={"value": text})
    if percent > 100 or decimals(percent) > MAX_DECIMALS - 2:
        message = f'"{field}" is no percentage.'
        return Problem(code=ValueCode.NOT_A_PERCENTAGE, message=message, field=field, value=text, rule=rule)
    return Part(value=settled(percent / 100), is_share=True)


def read_currency(text: str, field: str, home: str, rule: str) -> str | Problem:
    """A currency by its code or sign. `home` is the one meant by a sign that several share."""
    found = currencies_of(text, home)
    if len(found) == 1:
        return found[0]
    code = ValueCode.AMBIGUOUS_CURRENCY if found else ValueCode.NOT_A_CODE
    message = f'"{field}" {"can mean several currencies" if found else "is not a currency"}.'
    return Problem(code=code, message=message, field=field, value=text, rule=rule)
