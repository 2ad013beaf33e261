"""One tree of errors. Each knows who cures it: time, a person who owns the record, or an administrator.

Clients raise these for an answer of an outside system (Design: "what an answer means for a write").
`Transient` of a write means *certainly not done*; `Unknown` means nobody knows.
"""

from streak_infor_orchestration.domain.left_out import LeftOut
from streak_infor_orchestration.domain.problems.code import Code, Cure
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.domain.shown import visible


class IntegrationError(Exception):
    """`code` is one of the catalogue, or what a system calls its refusal: it keys diagnoses. `message` is for people.
    Neither holds a secret.

    `field` and `value` name what was wrong, in the words of the system that said so.
    """

    cure: Cure = Cure.PERSON
    usual: Code = SystemCode.DEFECT
    """The code of an error of which nothing more exact is known."""

    def __init__(
        self, message: str, *, code: str = "", system: str = "", field: str = "", value: str = ""
    ) -> None:
        self.message = visible(message)  # it may repeat what a system answered
        super().__init__(self.message)
        self.code = str(code or self.usual)
        self.system = system
        self.field = field
        self.value = value

    @property
    def kind(self) -> str:
        return type(self).__name__


class Transient(IntegrationError):
    """Certainly not done, worth trying again: never connected, 429, a failed read. `retry_after` in seconds."""

    cure = Cure.TIME
    usual = SystemCode.TRANSIENT

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        system: str = "",
        field: str = "",
        value: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message, code=code, system=system, field=field, value=value)
        self.retry_after = retry_after


class Unavailable(Transient):
    """The system as a whole is down (no connection, 503): a reason to pause it, not to blame the record."""

    usual = SystemCode.UNAVAILABLE


class Unknown(IntegrationError):
    """A write without a clear answer: 408, any 5xx, a cut connection, an unreadable body."""

    cure = Cure.TIME
    usual = SystemCode.UNKNOWN


class Rejected(IntegrationError):
    """The system understood and refused: a person has to change the record (or the other system)."""

    cure = Cure.PERSON
    usual = SystemCode.REJECTED


class Conflict(IntegrationError):
    """What is there is not what was asked for. `existing` is the key of the record that is in the way."""

    cure = Cure.PERSON
    usual = SystemCode.CONFLICT

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        system: str = "",
        field: str = "",
        value: str = "",
        existing: str = "",
    ) -> None:
        super().__init__(message, code=code, system=system, field=field, value=value)
        self.existing = existing


class Held(IntegrationError):
    """What was begun is kept by the system until a person acts there: neither refused nor done. Asked again later."""

    cure = Cure.PERSON
    usual = DealCode.KEPT_UNFINISHED


class Unreadable(IntegrationError):
    """One record, read by itself or in answer to a question, is not as its system promised. The system and its other
    records are not to blame."""

    cure = Cure.PERSON
    usual = SystemCode.UNREADABLE_RECORD

    def __init__(self, record: LeftOut) -> None:
        super().__init__(
            record.told,
            system=record.system,
            field=record.entity,
            value=record.key,
        )
        self.record = record


class Stale(IntegrationError):
    """The record changed since it was read (412): read it again and recompute."""

    cure = Cure.TIME
    usual = SystemCode.STALE


class Unauthorized(IntegrationError):
    """Credentials are wrong, expired beyond renewal, or lack a permission."""

    cure = Cure.ADMINISTRATOR
    usual = SystemCode.UNAUTHORIZED


class Misconfigured(IntegrationError):
    """The configuration names something that does not exist or contradicts itself."""

    cure = Cure.ADMINISTRATOR
    usual = SystemCode.MISCONFIGURED
