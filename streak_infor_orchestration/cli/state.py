"""Commands that look at what was done: where nothing ever was, an empty state would look like good news."""

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode
from streak_infor_orchestration.wiring import Wiring


def begun(parts: Wiring, cure: str = "") -> Wiring:
    """`parts`. Raises Misconfigured where no state was begun, and begins none.

    `cure`: what else may help."""
    if not parts.has_state:
        where = "that database" if parts.settings.database_url else str(parts.settings.state_dir.absolute())
        variable = "STREAK_INFOR_DATABASE_URL" if parts.settings.database_url else "STREAK_INFOR_STATE_DIR"
        raise Misconfigured(
            f"there is no state in {where}: set {variable} to where `streak-infor up` runs; "
            f"the first `streak-infor check` or `up` begins one{cure}",
            code=SetupCode.NO_STATE,
            field=variable,
        )
    return parts
