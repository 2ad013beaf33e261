"""Where a module names a code: by a member of the catalogue, or by a literal, which no module may.

A code is what stands in a keyword `code`, in a parameter `code` of one of our own functions, in a name or key `code`,
or beside one in a comparison.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from streak_infor_orchestration.domain.problems.catalogue import SUBJECTS

PACKAGE = Path(__file__).parents[2] / "streak_infor_orchestration"
_SUBJECTS = {subject.__name__ for subject in SUBJECTS}
_ELSEWHERE = {"twins", "migrations", "problems"}
"""Simulators of what others say; the tables as they were; the catalogue itself."""

OF_OTHERS = frozenset({'f"streak_{code}"', 'f"http_{status}"'})
"""Codes that are made of what a system answers."""


def modules() -> dict[str, ast.Module]:
    """By path within the package."""
    paths = (path.relative_to(PACKAGE) for path in sorted(PACKAGE.rglob("*.py")))
    return {
        str(path): ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        for path in paths
        if not _ELSEWHERE.intersection(path.parts)
    }


def members(module: ast.Module) -> set[str]:
    """`DealCode.GONE` and its like, as they are written."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in _SUBJECTS
    }


def parameters(trees: dict[str, ast.Module]) -> dict[str, int]:
    """The functions that take a code by position, by name, and the position (without `self`)."""
    found: dict[str, int] = {}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                for function in node.body:
                    if isinstance(function, ast.FunctionDef):
                        name = node.name if function.name == "__init__" else function.name
                        _note(found, name, function)
            elif isinstance(node, ast.FunctionDef) and node.name != "__init__":
                _note(found, node.name, node)
    return found


def _note(found: dict[str, int], name: str, function: ast.FunctionDef) -> None:
    named = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
    if "code" in named:
        found[name] = named.index("code")


def literals(tree: ast.Module, takes: dict[str, int]) -> Iterator[tuple[int, str]]:
    """Line and text of each code that is spelled out. `takes` is what `parameters` found."""
    for place in _places(tree, takes):
        for node in _values(place):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value
            if (is_text or isinstance(node, ast.JoinedStr)) and _written(node) not in OF_OTHERS:
                yield node.lineno, ast.unparse(node)


def _places(tree: ast.Module, takes: dict[str, int]) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="code", value=value):
                yield value
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=args):
                if name in takes and len(args) > takes[name]:
                    yield args[takes[name]]
                if name == "get" and len(args) > 1 and _is_code(args[0]):
                    yield args[1]
                if name == "of_code":
                    yield args[0]
            case ast.Assign(targets=[target], value=value):
                yield from _assigned(target, value)
            case ast.Dict(keys=keys, values=values):
                yield from (v for k, v in zip(keys, values, strict=True) if k is not None and _is_code(k))
            case ast.Compare(left=left, comparators=[right]) if _names_code(left) or _names_code(right):
                yield from (left, right)


def _assigned(target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """Of `code = …` and `code, message = …, …`, whatever it is chosen by."""
    if isinstance(value, ast.IfExp):
        yield from _assigned(target, value.body)
        yield from _assigned(target, value.orelse)
    elif isinstance(target, ast.Name) and target.id == "code":
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, its)


def _values(place: ast.expr) -> Iterator[ast.expr]:
    match place:
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_values(body), *_values(orelse))
        case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.Set(elts=values):
            for value in values:
                yield from _values(value)
        case _:
            yield place


def _names_code(node: ast.expr) -> bool:
    match node:
        case ast.Attribute(attr="code") | ast.Name(id="code"):
            return True
        case ast.Call(func=ast.Attribute(attr="get"), args=[first, *_]):
            return _is_code(first)
    return False


def _is_code(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == "code"


def _written(node: ast.expr) -> str:
    return ast.unparse(node).replace("f'", 'f"').replace("'", '"')
