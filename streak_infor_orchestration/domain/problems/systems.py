"""Streak, the ERP, the login, the state database: what they answer, and what keeps an answer from coming."""

from streak_infor_orchestration.domain.problems.code import IT_WAITS, NOT_THE_DEAL, Code, Cure

_T, _P, _A = Cure.TIME, Cure.PERSON, Cure.ADMINISTRATOR
_REACHABLE = "see that the address is right and reachable from this machine, then try again"
_CREDENTIALS = (
    "see that the credentials are right, not expired, and of a user who may do this; behind Infor's gateway also that "
    "the address names the tenant of the .ionapi file, and that the app is authorised for the API suite"
)
_IN_THE_FILE = "correct it in the file or the environment"
_OURS = "limits are shared by all processes: see whether one of them takes all there is"
_COMPARE = "Compare the record named here with the deal, and decide which one is right."


class SystemCode(Code):
    """The last eight are the errors' own, where nobody knows more than what kind of error it is."""

    NO_CONNECTION = ("no_connection", _T, IT_WAITS, _REACHABLE)
    CONNECTION_LOST = ("connection_lost", _T, IT_WAITS, _REACHABLE)
    TIMEOUT = ("timeout", _T, IT_WAITS, "see whether the system is slow; the time limit is our own")
    UNREADABLE_ANSWER = ("unreadable", _T, IT_WAITS, "see whether a proxy answers in the system's place")
    TOO_LARGE_ANSWER = ("too_large", _T, IT_WAITS, "see whether something else answers in the system's place")
    ENDLESS_LIST = ("endless_list", _T, IT_WAITS, "report it to the system's vendor: its list has no end")
    SHIFTING_LIST = ("shifting_list", _T, IT_WAITS, "nothing: the table is read again by itself")
    HELD = ("held", _T, IT_WAITS, "the system asked not to be called for a while: see its limits")
    RATE_BUDGET = ("rate_budget", _T, IT_WAITS, _OURS)
    TOO_LATE = ("too_late", _T, IT_WAITS, "see whether this machine or its disk is overloaded")
    BUSY = ("busy", _T, IT_WAITS, "see whether this machine is overloaded")
    LEDGER_UNAVAILABLE = (
        "ledger_unavailable",
        _A,
        IT_WAITS,
        "see that the state database runs and its disk has room",
    )
    UNREADABLE_RECORD = (
        "unreadable_record",
        _P,
        "A record in Streak or in the ERP is not as its system promised, and is left out.",
        "have the record corrected in its system, or its defect reported to the vendor",
        "Have the record named here corrected in its system; the deal is looked at again by itself.",
    )
    BAD_KEY = (
        "bad_key",
        _P,
        "A key that was given is none.",
        "look where the key came from: it is empty, or a path",
    )
    NO_SUCH_ADDRESS = (
        "no_such_address",
        _A,
        NOT_THE_DEAL,
        "correct erp.base_url (or STREAK_BASE_URL): behind ION's API Gateway it is the gateway, the tenant and the API"
        " suite",
    )
    NO_RUN = ("no_run", _P, IT_WAITS, "see Dagster's log: it did not start a run; the sensor asks again")
    STREAK_FORM_WANTED = (
        "streak_form_wanted",
        _P,
        "Streak wants a request in another form.",
        "nothing: it is sent once more in that form",
    )
    DEFECT = ("defect", _T, IT_WAITS, "report it with its log: the defect is ours")
    TRANSIENT = ("transient", _T, IT_WAITS, _REACHABLE)
    UNAVAILABLE = ("unavailable", _T, IT_WAITS, _REACHABLE)
    UNKNOWN = (
        "unknown",
        _T,
        IT_WAITS,
        "nothing: a write without an answer is looked for before it is repeated",
    )
    STALE = ("stale", _T, IT_WAITS, "nothing: the record is read again")
    REJECTED = ("rejected", _P, "A system refused what was asked of it.", _IN_THE_FILE)
    CONFLICT = ("conflict", _P, "What is there is not what was asked for.", _IN_THE_FILE, _COMPARE)
    UNAUTHORIZED = ("unauthorized", _A, NOT_THE_DEAL, _CREDENTIALS)
    MISCONFIGURED = ("misconfigured", _A, NOT_THE_DEAL, _IN_THE_FILE)
