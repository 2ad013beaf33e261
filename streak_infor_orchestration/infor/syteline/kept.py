"""What was sent, and what SyteLine keeps of it: an insert silently leaves out some of it (Infor API contract C.3)."""

from collections.abc import Collection, Mapping

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.syteline.ido import Row, Values
from streak_infor_orchestration.infor.syteline.internal import same


def unkept(sent: Values, row: Row, *, apart_from: Collection[str] = ()) -> dict[str, str | None]:
    """Of what was sent what the record has otherwise, or not at all."""
    return {
        name: value
        for name, value in sent.items()
        if name not in apart_from and not same(value, row.get(name))
    }


def own_fields(
    given: Mapping[str, str | None], properties: Mapping[str, str], setting: str
) -> dict[str, str | None]:
    """Fields of the customer's own as properties. Raises Misconfigured for one whose property nobody has named."""
    unknown = sorted(given.keys() - properties.keys())
    if unknown:
        raise Misconfigured(
            f"SyteLine has no field {', '.join(unknown)} that we know of: name its property in {setting}, "
            f"such as {unknown[0].replace(' ', '')}: Uf_{unknown[0].replace(' ', '')}",
            system="infor",
            field=unknown[0],
        )
    return {properties[name]: value for name, value in given.items()}
