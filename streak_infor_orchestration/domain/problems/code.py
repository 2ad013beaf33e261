"""What is known of a problem before it happens: who cures it, what people are told, and what they can do."""

from enum import StrEnum


class Cure(StrEnum):
    """Who cures a problem."""

    TIME = "time"
    PERSON = "person"
    ADMINISTRATOR = "administrator"


USUAL_FIX = {
    Cure.TIME: "Tell your administrator: the system named here answers others, but not for this deal.",
    Cure.PERSON: "Correct what is named here; the deal is looked at again when it is edited.",
    Cure.ADMINISTRATOR: "Tell your administrator: the configuration or an account needs mending.",
}
"""Where nothing more exact is known, such as for a code of an ERP's own."""

IT_WAITS = "The deal waits, and goes on by itself."
NOT_THE_DEAL = "The deal is not to blame: the installation needs its administrator."


class Code(StrEnum):
    """The base of all codes. A value is short and never changes: ledgers, alerts and marks of comments hold it.

    - `cure`: who cures it. An error's own class decides where it knows better.
    - `sales`: what it means, in a sentence for whoever owns the deal.
    - `administrator`: what to see to, as `check` writes it: no capital, no full stop.
    - `fix`: what the person is told to do. Who raises the problem may say it more exactly, with names and numbers.
    - `repair`: the command that cures it when a person decides so, "" where there is none.
    """

    cure: Cure
    sales: str
    administrator: str
    fix: str
    repair: str

    def __new__(
        cls, value: str, cure: Cure, sales: str, administrator: str, fix: str = "", repair: str = ""
    ) -> "Code":
        code = str.__new__(cls, value)
        code._value_ = value
        code.cure, code.sales, code.administrator = cure, sales, administrator
        code.fix, code.repair = fix or USUAL_FIX[cure], repair
        return code
