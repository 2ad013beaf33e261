"""What was sent, and what SyteLine keeps of it: an insert silently leaves out some of it (Infor API contract C.3)."""

from collections.abc import Collection

from streak_infor_orchestration.infor.syteline.ido import Row, Values
from streak_infor_orchestration.infor.syteline.internal import same


def unkept(sent: Values, row: Row, *, apart_from: Collection[str] = ()) -> dict[str, str | None]:
    """Those of the sent values that the record does not have, or has differently."""
    return {
        name: value
        for name, value in sent.items()
        if name not in apart_from and not same(value, row.get(name))
    }
