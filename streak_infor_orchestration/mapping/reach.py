"""How to reach people: phone numbers and e-mail addresses in their one standard form."""

_SHORTEST = len("+123456")  # a shorter one reaches nobody from abroad, though some plans leave room for it


def phone(text: str, country: str) -> str | None:
    """In E.164, such as +493012345678; None when it is none. `country` is where a number without its code is from, ""
    where nobody knows: then it is none.

    Numbers are checked for their length, not for having been given out: plans change faster than libraries. An
    extension has no place in E.164: such a number is none.
    """
    import phonenumbers  # megabytes of number plans

    try:
        number = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    standard = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return standard if len(standard) > _SHORTEST else None


def email(text: str) -> str | None:
    """With its domain in lower case; None when it is none. Nobody is asked whether it exists."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False, globally_deliverable=False).normalized
    except EmailNotValidError:
        return None
