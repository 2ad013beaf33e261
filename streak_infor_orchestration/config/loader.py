"""Reading `integration.yaml`: every mistake at once, each with its line and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import ScalarNode

from streak_infor_orchestration.config.complaints import complaint
from streak_infor_orchestration.config.faults import Loc
from streak_infor_orchestration.config.integration import Integration, integration_of
from streak_infor_orchestration.config.sections import ErpSection
from streak_infor_orchestration.config.source_map import Places
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode


class InvalidConfiguration(Misconfigured):
    """`complaints` are the mistakes in the order of the file, each `integration.yaml:12: stages.order: …; fix`."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__("\n".join(complaints), code=SetupCode.INVALID_CONFIGURATION)
        self.complaints = complaints


class Format:
    """What a file may hold: the sections of `Integration`, that of the ERP being one of those the products bring."""

    def __init__(self, sections: Sequence[type[ErpSection]]) -> None:
        self.model = integration_of(sections)

    def load(self, path: Path | str) -> Integration:
        """Raises InvalidConfiguration for a file that cannot be read, is not YAML, or says something wrong."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise InvalidConfiguration((f"{path}: cannot be read: {error.strerror}",)) from None
        except UnicodeDecodeError:
            raise InvalidConfiguration((f"{path}: is not UTF-8 text",)) from None
        return self.loads(text, name=path.name, folder=path.parent)

    def loads(self, text: str, *, name: str = "integration.yaml", folder: Path | None = None) -> Integration:
        """The same for text at hand; `name` is what complaints and diagnoses call the file, `folder` where the tables
        are that it names."""
        document = _parse(text, name)
        return self.checked(_plain(document), name=name, lines=dict(_lines(document)), folder=folder)

    def checked(
        self, content: object, *, name: str, lines: dict[Loc, int] | None = None, folder: Path | None = None
    ) -> Integration:
        """The same for what a file holds; `lines` says where in it. Raises InvalidConfiguration."""
        places = Places(name=name, lines=lines or {}, folder=folder)
        try:
            return self.model.model_validate(content, context=places)
        except ValidationError as error:
            found = sorted(
                complaint(detail, places, self.model) for detail in error.errors(include_url=False)
            )
        raise InvalidConfiguration(tuple(dict.fromkeys(text for _, text in found)))


class _Constructor(RoundTripConstructor):
    """Numbers with a point as Decimals: an amount in the file is exactly what is written."""

    def construct_decimal(self, node: ScalarNode) -> Decimal | str:
        try:
            return Decimal(node.value)
        except ArithmeticError:
            return str(node.value)


_Constructor.add_constructor("tag:yaml.org,2002:float", _Constructor.construct_decimal)


def _parse(text: str, name: str) -> Any:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    try:
        document = yaml.load(text)
    except DuplicateKeyError as error:
        line = error.problem_mark.line + 1
        key = str(error.problem).partition('"')[2].partition('"')[0]
        raise InvalidConfiguration(
            (f'{name}:{line}: "{key}" stands twice in the same section; remove one of them',)
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise InvalidConfiguration(
            (f"{name}:{line}: this is not YAML: {error.problem}; check indentation, quotes and colons",)
        ) from None
    if not isinstance(document, CommentedMap):
        raise InvalidConfiguration(
            (f"{name}:1: the file is empty or no list of settings; start from a template",)
        )
    return document


def _lines(node: Any, loc: Loc = ()) -> Iterator[tuple[Loc, int]]:
    if isinstance(node, CommentedMap):
        children: Iterable[tuple[Any, Any]] = node.items()
    elif isinstance(node, CommentedSeq):
        children = enumerate(node)
    else:
        return
    for step, child in children:
        if step in (node.lc.data or ()):  # a key that a YAML merge (<<) brought in has no line in this node
            yield (*loc, step), node.lc.data[step][0] + 1
        yield from _lines(child, (*loc, step))


def _plain(node: Any) -> Any:
    if isinstance(node, CommentedMap):
        return {key: _plain(child) for key, child in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(child) for child in node]
    return node
