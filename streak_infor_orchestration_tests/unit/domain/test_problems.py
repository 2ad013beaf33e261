"""The catalogue of problems: nobody spells a code out, nobody keeps one that is never raised, and the page is its."""

import ast
import re

import pytest

from streak_infor_orchestration.cli import _COMMANDS
from streak_infor_orchestration.domain.deal import Problem
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.domain.problems.catalogue import CATALOGUE, SUBJECTS, fix_of, known, lettered
from streak_infor_orchestration.domain.problems.code import USUAL_FIX, Code, Cure
from streak_infor_orchestration.domain.problems.deals import DealCode
from streak_infor_orchestration.domain.problems.lines import LineCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.domain.problems.values import ValueCode
from streak_infor_orchestration_tests.problems.page import PAGE, page
from streak_infor_orchestration_tests.problems.uses import literals, members, modules, parameters

TREES = modules()
TAKES = parameters(TREES)


def test_no_module_spells_a_code_out() -> None:
    spelled = [
        f"{path}:{line}: {text}" for path, tree in TREES.items() for line, text in literals(tree, TAKES)
    ]
    assert spelled == []


def test_every_code_is_raised_or_compared_somewhere() -> None:
    used = set().union(*map(members, TREES.values()))
    assert {f"{type(code).__name__}.{code.name}" for code in CATALOGUE} - used == set()


@pytest.mark.parametrize(
    "text",
    [
        'Problem(code="made_up", message="x")',
        'Problem(code="a" if x else DealCode.GONE)',
        'Problem(code=f"missing_{column}")',
        'line_problem(at, rule, "made_up", message, fix)',
        'code, message = "made_up", "x"',
        'code, message = ("made_up", "x") if found else (DealCode.GONE, "y")',
        'code = "made_up"',
        'row = {"code": "made_up"}',
        'error.code == "made_up"',
        'error.code in ("made_up", DealCode.GONE)',
        'str(error.get("code", "made_up"))',
        '(error or {}).get("code") == "made_up"',
        'letters.of_code("made_up")',
    ],
)
def test_a_code_is_seen_wherever_it_may_stand(text: str) -> None:
    assert list(literals(ast.parse(text), TAKES))


def test_a_code_and_who_cures_it_are_one_problem() -> None:
    assert len({(str(code), code.cure) for code in CATALOGUE}) == len(CATALOGUE)
    assert sum(len(subject.__members__) for subject in SUBJECTS) == len(
        CATALOGUE
    )  # none hides behind another


@pytest.mark.parametrize("code", CATALOGUE, ids=lambda code: f"{code}-{code.cure}")
def test_what_people_are_told_is_whole(code: Code) -> None:
    assert re.fullmatch(r"[a-z_]+", code)
    assert code.sales.endswith(".") and code.sales[0].isupper()
    assert code.administrator and not code.administrator.endswith(".")
    assert known(str(code), code.cure) is code
    if code.repair:
        program, command, *_ = code.repair.split()
        assert (program, command in _COMMANDS) == ("streak-infor", True)


def test_an_error_without_a_code_has_its_own_of_the_catalogue() -> None:
    def below(error: type[IntegrationError]) -> list[type[IntegrationError]]:
        return [error, *(deeper for one in error.__subclasses__() for deeper in below(one))]

    ours = [
        error
        for error in below(IntegrationError)
        if error.__module__.startswith("streak_infor_orchestration.")
    ]
    for error in ours:
        assert known(error.usual, error.usual.cure) is error.usual


def test_somebody_elses_code_has_the_words_of_its_cure() -> None:
    assert fix_of("streak_801", Cure.PERSON) == USUAL_FIX[Cure.PERSON]
    assert fix_of("twice", Cure.PERSON).startswith("Keep the one the deal shows as its own")


def test_a_problem_has_the_catalogues_fix_unless_it_knows_better() -> None:
    assert Problem(code=LineCode.ZERO, message="x").fix == LineCode.ZERO.fix
    assert Problem(code=LineCode.ZERO, message="x", fix="Enter 1.").fix == "Enter 1."
    assert Problem(code="SO-4711", message="an ERP's own").fix == ""


def test_a_letter_of_an_older_version_has_it_too() -> None:
    kept = {"code": "order_gone", "message": "The order of this deal no longer exists in the ERP.", "fix": ""}
    assert Problem.model_validate(kept).fix == DealCode.ORDER_GONE.fix


def test_where_a_code_means_two_things_people_are_told_what_they_can_mend() -> None:
    assert lettered("unreadable") is ValueCode.UNREADABLE
    assert lettered("timeout") is SystemCode.TIMEOUT
    assert lettered("SO-4711") is None


def test_an_answer_and_a_value_may_be_unreadable() -> None:
    answer, value = known("unreadable", Cure.TIME), known("unreadable", Cure.PERSON)
    assert answer is not None and value is not None and answer is not value


def test_the_page_is_made_of_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make problems"
