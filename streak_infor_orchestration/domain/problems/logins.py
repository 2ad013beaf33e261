"""How a system lets us in: what its login server refuses, and what a login that worked does not open."""

from streak_infor_orchestration.domain.problems.code import IT_WAITS, NOT_THE_DEAL, Code, Cure

_T, _A = Cure.TIME, Cure.ADMINISTRATOR


class LoginCode(Code):
    """The words name where Infor OS keeps each thing (Infor API contract A.1, A.2, A.4)."""

    UNKNOWN_CLIENT = (
        "unknown_client",
        _A,
        NOT_THE_DEAL,
        "the login server knows no such client, or another secret of it: download the credentials of the authorised app"
        " anew (.ionapi), or correct the client's id and secret",
    )
    UNKNOWN_ACCOUNT = (
        "unknown_account",
        _A,
        NOT_THE_DEAL,
        "the client is known, its service account is not: it was deleted or locked, or has other keys; download the"
        " credentials again with a service account (saak and sask in the .ionapi file)",
    )
    NO_SERVICE_ACCOUNT = (
        "no_service_account",
        _A,
        NOT_THE_DEAL,
        "the client may not log in this way: make the authorised app a Backend Service, and download its credentials"
        " with a service account (saak and sask in the .ionapi file)",
    )
    UNKNOWN_SCOPE = (
        "unknown_scope",
        _A,
        NOT_THE_DEAL,
        "the app has not all scopes that are asked for: correct its scopes (sc in the .ionapi file, or INFOR_SCOPE)",
    )
    NO_LOGIN_HERE = (
        "no_login_here",
        _A,
        NOT_THE_DEAL,
        "nobody logs in at this address: see whether it names the right tenant (pu, ot and ti of the .ionapi file, or"
        " the token's address)",
    )
    LOGIN_UNREACHABLE = (
        "login_unreachable",
        _T,
        IT_WAITS,
        "the login server does not answer, whatever the system itself does: see that this machine may reach it (pu of"
        " the .ionapi file, or the token's address)",
    )
    FORBIDDEN = (
        "forbidden",
        _A,
        NOT_THE_DEAL,
        "the login is right, but opens not this: authorise the app for the API suite (behind ION's API Gateway), and"
        " give its user the right in the system itself",
    )
    OTHER_TENANT = (
        "other_tenant",
        _A,
        NOT_THE_DEAL,
        "write the tenant of the .ionapi file into erp.base_url, or begin it with ionapi:",
    )
    PASSING_REFUSAL = (
        "passing_refusal",
        _T,
        IT_WAITS,
        "nothing, if it passes: the gateway refused a login that it knows; if it stays, tell whoever runs it",
    )
