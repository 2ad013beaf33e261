"""What somebody typed into a field, and what is wrong with it."""

from streak_infor_orchestration.domain.problems.code import Code, Cure

_P, _A = Cure.PERSON, Cure.ADMINISTRATOR
_MAPPED = "see whether the rule named here asks the field for what it holds"
_TYPED = "nothing: whoever owns the deal corrects the field"
_OUR_OWN = "see which command or program asked for it: no deal leads here"


class ValueCode(Code):
    UNREADABLE = (
        "unreadable",
        _P,
        "A field holds something that nobody can read, such as an option that was deleted.",
        "see whether an option of the field was deleted or renamed in Streak",
        "Enter the field anew, or empty it.",
    )
    MISSING = (
        "missing",
        _P,
        "A field that an order or customer needs is empty.",
        "the rule named here says that the field is required",
        "Fill the field named here.",
    )
    NOT_A_NUMBER = (
        "not_a_number",
        _P,
        "A field that must be a number is none.",
        _TYPED,
        "Enter digits only, such as 1234.50.",
    )
    AMBIGUOUS_NUMBER = (
        "ambiguous_number",
        _P,
        "A number can be read in two ways.",
        "company.locale says how numbers are written",
        "Write it without separators between thousands, and with two decimals: 1234.00 or 1.23.",
    )
    NEGATIVE = (
        "negative",
        _P,
        "A number is below zero where that makes no sense.",
        _TYPED,
        "Enter a number of zero or more.",
    )
    TOO_LARGE = (
        "too_large",
        _P,
        "A number is too large to be true.",
        _TYPED,
        "Check for a slip of the finger.",
    )
    TOO_PRECISE = ("too_precise", _P, "A number has more decimals than it can.", _TYPED, "Round it.")
    OTHER_CURRENCY = (
        "other_currency",
        _P,
        "An amount is in another currency than it must be.",
        _TYPED,
        "Enter the amount in the currency named here.",
    )
    AMOUNT_OR_SHARE = (
        "amount_or_share",
        _P,
        "A discount or tax can mean an amount or a share.",
        _TYPED,
        "Write a percent sign or a currency behind it.",
    )
    NOT_A_PERCENTAGE = (
        "not_a_percentage",
        _P,
        "A field that must be a percentage is none.",
        _TYPED,
        'Write it like "10%", from 0% to 100%.',
    )
    AMBIGUOUS_CURRENCY = (
        "ambiguous_currency",
        _P,
        "A currency sign can mean several currencies.",
        "company.currency says which one is meant by a sign that several share",
        "Use its code of three letters, such as EUR.",
    )
    NOT_A_CODE = (
        "not_a_code",
        _P,
        "A currency or a country is none that there is.",
        _TYPED,
        "Use its code of three letters, such as EUR.",
    )
    NO_RATE = (
        "no_rate",
        _P,
        "An amount cannot be converted: the ERP has no exchange rate for the day.",
        "see that the ERP's exchange rates are kept up",
        "Enter the amount in the currency of the order, or have the day's rate entered in the ERP.",
    )
    NOT_A_DATE = (
        "not_a_date",
        _P,
        "A field that must be a date is none.",
        _MAPPED,
        "Write it like 2026-12-31.",
    )
    AMBIGUOUS_DATE = (
        "ambiguous_date",
        _P,
        "A date can mean two different days.",
        "company.locale says how dates are written",
        "Write it like 2026-12-31.",
    )
    IMPROBABLE_DATE = (
        "improbable_date",
        _P,
        "A date is too far from the deal to be true.",
        "the section `dates` says how far a day may be away",
        "Correct the day, in years as in 2026.",
    )
    UNMAPPED = (
        "unmapped",
        _P,
        "A field holds a choice that the ERP has no code for.",
        "add the choice to the rule's map or table",
        "Choose another one.",
    )
    EXPRESSION = (
        "expression",
        _P,
        "A value cannot be worked out from this deal.",
        "the rule's expression does not fit this deal",
        "Show this to your administrator: the expression does not fit the deal.",
    )
    NOT_AN_E_MAIL_ADDRESS = (
        "not_an_e_mail_address",
        _P,
        "An e-mail address is none.",
        _TYPED,
        "Write it like name@company.com.",
    )
    NOT_A_PHONE_NUMBER = (
        "not_a_phone_number",
        _P,
        "A phone number was changed to something that is none; the ERP keeps the old one.",
        _TYPED,
        "Write the number with its country code, such as +49 30 1234567.",
    )
    NOT_AN_ADDRESS = (
        "not_an_address",
        _P,
        "A text cannot be read as an address.",
        _MAPPED,
        "Enter street, town and postal code in fields of their own.",
    )
    NO_COUNTRY = (
        "no_country",
        _P,
        "An address names no country.",
        "company.country says which one is meant where none is named",
        "Use the country's name or its code, such as DE.",
    )
    NO_REGION = (
        "no_region",
        _P,
        "An address names a region that its country has not.",
        _TYPED,
        "Use the region's name or its code.",
    )
    POSTAL_CODE = (
        "postal_code",
        _P,
        "An address has a postal code that there is not.",
        _TYPED,
        "Correct the postal code.",
    )
    TOO_LONG = (
        "too_long",
        _P,
        "A value is longer than the ERP can hold.",
        "see whether the rule can shorten it",
        "Shorten the field named here.",
    )
    WRONG_TYPE = (
        "wrong_type",
        _P,
        "A field in Streak is of a type that cannot hold what it is to show.",
        "make the field one that holds text, or name another in `write_back`",
        "Tell your administrator: the field is of another type than what is written to it.",
    )
    READ_ONLY_FIELD = (
        "read_only_field",
        _A,
        "A field in Streak is worked out by Streak and cannot be written.",
        "name another field in `write_back`",
    )
    COMMA = (
        "comma",
        _P,
        "A name holds a comma, which separates names here.",
        _OUR_OWN,
        "Leave the comma out.",
    )
