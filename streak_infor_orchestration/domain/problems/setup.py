"""The installation itself: its file, its environment, its databases and tables."""

from streak_infor_orchestration.domain.problems.code import NOT_THE_DEAL, USUAL_FIX, Code, Cure

_P, _A = Cure.PERSON, Cure.ADMINISTRATOR
_REPORT = "report it with its log: the defect is ours"


class SetupCode(Code):
    INVALID_CONFIGURATION = (
        "invalid_configuration",
        _A,
        NOT_THE_DEAL,
        "correct the lines named here in the file",
    )
    ENVIRONMENT = ("environment", _A, NOT_THE_DEAL, "set the variable named here as it says")
    NO_SUCH_ENTITY = (
        "no_such_entity",
        _A,
        NOT_THE_DEAL,
        "take out of the file what needs it: this ERP has no such records",
    )
    NO_SUCH_FILTER = ("no_such_filter", _A, NOT_THE_DEAL, _REPORT)
    NO_SUCH_FIELD = (
        "no_such_field",
        _A,
        NOT_THE_DEAL,
        "say in the section erp which field of the ERP holds it, or take out the rule",
    )
    DATABASE_URL = (
        "database_url",
        _A,
        NOT_THE_DEAL,
        "correct STREAK_INFOR_DATABASE_URL, or unset it for SQLite",
    )
    DATABASE_VERSION = (
        "database_version",
        _A,
        NOT_THE_DEAL,
        "run the version that made the tables, or a newer one",
    )
    NO_STATE = (
        "no_state",
        _A,
        NOT_THE_DEAL,
        "name the state folder or database of the running integration, or begin one",
        USUAL_FIX[_A],
        "streak-infor check",
    )
    TABLES_ELSEWHERE = (
        "tables_elsewhere",
        _A,
        NOT_THE_DEAL,
        "set STREAK_INFOR_TABLES_URL to a place that all machines reach",
    )
    TABLES_GROUP = ("tables_group", _A, NOT_THE_DEAL, "make the group, and this user a member of it")
    NO_WINDOWS = ("no_windows", _A, NOT_THE_DEAL, "materialise the asset as a whole, without a partition")
    UNREAD_TABLE = (
        "unread_table",
        _A,
        NOT_THE_DEAL,
        "let the tables named here be read first: their jobs run every half hour",
    )
    EXPORT_FORMAT = ("export_format", _A, NOT_THE_DEAL, "name a file that ends in .csv or .xlsx")
    OTHER_COLUMNS = ("other_columns", _P, NOT_THE_DEAL, _REPORT, USUAL_FIX[_A])
    NOT_EXACT = (
        "not_exact",
        _P,
        NOT_THE_DEAL,
        "look at the record in its system: an amount has more digits than money has",
        USUAL_FIX[_A],
    )
