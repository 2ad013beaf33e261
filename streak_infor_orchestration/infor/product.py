"""What the package of a product brings, for the rooms above."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar, get_args

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.config.secrets import Secrets
from streak_infor_orchestration.config.sections import ErpSection
from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.entities import Entity
from streak_infor_orchestration.infor.port import Erp
from streak_infor_orchestration.infor.push.message import Hint, PushMessage
from streak_infor_orchestration.transport.auth import Auth
from streak_infor_orchestration.transport.http import HttpClient

S = TypeVar("S", bound=ErpSection)


class SetUp(NamedTuple):
    """Something that the ERP's people have set up, or not: the option of the section that names it, by its path, and
    what is wrong with it in half a sentence, "" where nothing is."""

    option: str
    value: str
    fault: str = ""


def _nothing(_: Erp) -> Iterator[SetUp]:
    return iter(())


def _as_the_mapping(_: ErpSection) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class ErpProduct(Generic[S]):
    """`section` is what `integration.yaml` may say of it, its `product` a Literal of the one name; `title` is what it
    is called in sentences; `labels` are the words in which its people speak of what it keeps, of each entity it has.
    `login` raises Misconfigured, naming what is missing; neither it nor `open` makes a call, and only `open` loads the
    product's client. `hints` reads what its systems send of their own accord (`infor/push/`)."""

    section: type[S]
    title: str
    labels: Mapping[Entity, str]
    login: Callable[[S, Secrets, Clock], Auth]
    open: Callable[[S, HttpClient], Erp]
    hints: Callable[[S, PushSection, PushMessage], tuple[Hint, ...] | None]
    fields: Callable[[S], Mapping[str, str]] = _as_the_mapping
    """By target of the mapping the field that it fills, in the words of its people; none where those are the same."""
    set_up: Callable[[Erp], Iterator[SetUp]] = _nothing
    """What of the section must be set up in the ERP, looked up by reads. Raises what reads raise."""

    def lacks(self, entity: Entity) -> str:
        """What to tell people of an entity that it does not keep; "" of one that it does."""
        if entity in self.labels:
            return ""
        return (
            f"{self.title} keeps no {entity.replace('_', ' ')} as such: the table infor/{entity} stays empty"
        )

    @property
    def name(self) -> str:
        (name,) = get_args(self.section.model_fields["product"].annotation)
        return str(name)
