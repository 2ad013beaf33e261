"""Fields of the company's own, kept in those of M3's fields that are free for it."""

from collections.abc import Mapping
from typing import Literal, TypeVar

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

V = TypeVar("V", str, str | None)


def free_fields(
    codes: Mapping[str, str], given: Mapping[str, V], of: Literal["customer", "order"]
) -> dict[str, V]:
    """The values by M3's field. Raises Misconfigured for a name that `codes`, of the file, has no field for."""
    for name in given:
        if name not in codes:
            raise Misconfigured(
                f'M3 has no {of} field "{name}": say in erp.{of}_fields which of its fields holds it',
                code=SetupCode.NO_SUCH_FIELD,
                system="infor",
                field=f"{of}.custom.{name}",
            )
    return {codes[name]: value for name, value in given.items()}
