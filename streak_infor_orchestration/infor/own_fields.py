"""Fields of the customer's own, kept in those of the ERP's fields that the configuration names for them."""

from collections.abc import Mapping
from typing import TypeVar

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

V = TypeVar("V", str, str | None)


def own_fields(
    given: Mapping[str, V], named: Mapping[str, str], *, product: str, setting: str, such_as: str
) -> dict[str, V]:
    """The values by the ERP's field. `named`: what the file says in `setting`, `such_as` what it could say, with `{}`
    for a name without spaces. Raises Misconfigured for a field it does not name."""
    for name in given:
        if name not in named:
            raise Misconfigured(
                f'{product} has no field "{name}": say which of its fields holds it in {setting}, such as '
                f"{name}: {such_as.format(name.replace(' ', ''))}",
                code=SetupCode.NO_SUCH_FIELD,
                system="infor",
                field=name,
            )
    return {named[name]: value for name, value in given.items()}
