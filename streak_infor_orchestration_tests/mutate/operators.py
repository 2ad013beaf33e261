"""The changes: each a piece of source and what it becomes. None is one that Python could not load."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

SWAPS: dict[type[ast.AST], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*",
    ast.And: " or ", ast.Or: " and ", ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip
OPPOSITES = {"min": "max", "max": "min", "any": "all", "all": "any", "lesser": "greater", "greater": "lesser"}
LONGEST_WORD = 30
"""A longer text, or one with a blank, is what people read: its wording is no behaviour."""


@dataclass(frozen=True)
class Mutant:
    """`path` below the repository; `start` and `end` count bytes of the file; `lines` are the whole statement's, and
    `declares` is the name it gives a value, "" for none. It is the `nth` of its name."""

    path: str
    scope: str
    start: int
    end: int
    before: str
    after: str
    lines: tuple[int, int]
    declares: str = ""
    nth: int = 1

    @property
    def name(self) -> str:
        """The same as long as nobody edits that piece of code: how `equivalents.toml` knows it."""
        number = f" #{self.nth}" if self.nth > 1 else ""
        return f"{self.path} {self.scope}: {_short(self.before)} => {_short(self.after)}{number}"

    def applied(self, source: bytes) -> bytes:
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutants(file: Path, root: Path) -> list[Mutant]:
    """Every change to the file."""
    source = file.read_bytes()
    counted: Counter[str] = Counter()
    found = []
    for mutant in _Finder(source, file.relative_to(root).as_posix()).found(ast.parse(source)):
        counted[mutant.name] += 1
        found.append(replace(mutant, nth=counted[mutant.name]))
    return found


def _short(code: str) -> str:
    return " ".join(code.split())


class _Finder:
    def __init__(self, source: bytes, path: str) -> None:
        self._source = source
        self._path = path
        self._line_starts = [0]
        for line in source.splitlines(keepends=True):
            self._line_starts.append(self._line_starts[-1] + len(line))

    def found(self, tree: ast.Module) -> Iterator[Mutant]:
        yield from self._in(tree, (), tree.body[0] if tree.body else tree)

    def _in(self, node: ast.AST, scope: tuple[str, ...], statement: ast.AST) -> Iterator[Mutant]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            scope = (*scope, node.name)
        if isinstance(node, ast.stmt):
            statement = node
        if not _is_no_behaviour(node):
            for target, after in self._changes(node, scope):
                yield self._mutant(target, after, scope, statement)
            for child in _children(node):
                yield from self._in(child, scope, statement)

    def _changes(self, node: ast.AST, scope: tuple[str, ...]) -> Iterator[tuple[ast.AST, str]]:
        text = self._text
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                yield node, f"({self._operand(left)} {SWAPS[type(op)]} {self._operand(right)})"
            case ast.BoolOp(op=op, values=values):
                yield node, "(" + SWAPS[type(op)].join(f"({text(value)})" for value in values) + ")"
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield node, f"({text(operand)})"
            case ast.BinOp(op=ast.BitOr() | ast.BitAnd()) if not scope:
                return  # a type's name
            case ast.BinOp(left=left, op=op, right=right) if type(op) in SWAPS:
                yield node, f"({self._operand(left)} {SWAPS[type(op)]} {self._operand(right)})"
            case ast.Constant(value=bool() as value):
                yield node, str(not value)
            case ast.Constant(value=int() | float() as number):
                yield node, f"{number + 1!r}"
            case ast.Constant(value=str() as word) if 0 < len(word) <= LONGEST_WORD and " " not in word:
                yield node, repr(f"{word}x")
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
                if not isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp | ast.NamedExpr):
                    yield test, f"(not {text(test)})"
            case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
                yield node, "return None"
            case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise():
                yield node, "pass"
            case ast.Continue():
                yield node, "break"
            case ast.Break():
                yield node, "continue"
            case ast.Call(func=ast.Name(id=name)) if name in OPPOSITES:
                yield node.func, OPPOSITES[name]
            case ast.Tuple(elts=[*first, _], ctx=ast.Load()) if len(first) > 1:
                yield node, "(" + ", ".join(text(item) for item in first) + ",)"
        if isinstance(node, ast.Call) and node.keywords and node.keywords[-1].arg:
            kept = [text(item) for item in (*node.args, *node.keywords[:-1])]
            yield node, f"{text(node.func)}({', '.join(kept)})"

    def _mutant(self, node: ast.AST, after: str, scope: tuple[str, ...], statement: ast.AST) -> Mutant:
        start, end = self._span(node)
        lines = (getattr(statement, "lineno", 1), getattr(statement, "end_lineno", 1))
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            lines = (statement.lineno, statement.lineno)
        elif isinstance(statement, ast.If | ast.While | ast.For | ast.With | ast.Try | ast.Match):
            lines = (getattr(node, "lineno", 1), getattr(node, "end_lineno", 1))
        before, name = self._source[start:end].decode(), _declared(statement)
        return Mutant(self._path, ".".join(scope), start, end, before, after, lines, name)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert isinstance(node, ast.expr | ast.stmt | ast.keyword)
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self._line_starts[node.lineno - 1] + node.col_offset
        return start, self._line_starts[node.end_lineno - 1] + node.end_col_offset

    def _operand(self, node: ast.expr) -> str:
        """As it stands, in parentheses where another operator beside it could tear it apart."""
        plain = isinstance(node, ast.Name | ast.Constant | ast.Attribute | ast.Call | ast.Subscript)
        return self._text(node) if plain else f"({self._text(node)})"

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """All but types and decorators."""
    left_out = ("annotation", "returns", "decorator_list", "type_params", "bases")
    for name, value in ast.iter_fields(node):
        if name not in left_out:
            yield from (
                child
                for child in (value if isinstance(value, list) else [value])
                if isinstance(child, ast.AST)
            )


def _declared(statement: ast.AST) -> str:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _is_no_behaviour(node: ast.AST) -> bool:
    """Docstrings, messages with values in them, what is only for type checkers, statements of invariants."""
    match node:
        case (
            ast.Expr(value=ast.Constant()) | ast.JoinedStr() | ast.Assert() | ast.Import() | ast.ImportFrom()
        ):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Assign(targets=[ast.Name(id="T" | "R" | "W" | "N" | "__all__")]):
            return True
        case ast.Call(func=ast.Name(id="cast" | "TypeVar")) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
    return False
