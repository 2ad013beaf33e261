"""`streak-infor check` of what the ERP tells by itself: the secret, the address, and that the gateway takes it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streak_infor_orchestration.config.push import PushSection
from streak_infor_orchestration.config.templates import text
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.infor_proof import SharedSecret
from streak_infor_orchestration.gateway.infor_push import Push
from streak_infor_orchestration.ledger import Store
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.wiring import Wiring
from streak_infor_orchestration_tests.integration.onboarding.conftest import Command
from streak_infor_orchestration_tests.world.fixtures import AT_FULL_SPEED, credentials
from streak_infor_orchestration_tests.world.world import World

WORD = "the-erps-own-word"
BASE = "  defaults:                      # put on every order unless a rule below sets it"
Look = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def look(
    world: World, fresh_process: Callable[..., Wiring], command: Command, tmp_path: Path
) -> Iterator[Look]:
    """`look(push, INFOR_WEBHOOK_SECRET=…)`: mark and words of each line about push."""

    def build(push: str, *words: str, **environment: str) -> list[tuple[str, str]]:
        yaml = text("facade").replace("https://erp.example.com/infor/api/v1", world.company.infor_url)
        yaml = yaml.replace(BASE, f"{push}{BASE}")
        (tmp_path / "integration.yaml").write_text(yaml + AT_FULL_SPEED)
        known = {"STREAK_WEBHOOK_SECRET": "s", "INFOR_WEBHOOK_SECRET": "", **credentials(world.company)}
        fresh_process(STREAK_INFOR_CONFIG=str(tmp_path / "integration.yaml"), **{**known, **environment})
        for code in (0, 1):
            try:
                found = json.loads(command("check", "--json", *words, code=code).stdout)["findings"]
            except AssertionError:
                continue
            return [(f["mark"], f"{f['what']}; {f['cure']}") for f in found if f["area"] == "push"]
        raise AssertionError("no answer")

    yield build


ON = "  push: {}\n"


def test_who_is_only_asked_is_not_spoken_of(look: Look) -> None:
    assert look("") == []


def test_half_of_it_is_wrong(look: Look) -> None:
    ((mark, said),) = look("", INFOR_WEBHOOK_SECRET=WORD)
    assert mark == "wrong" and "the file has no erp.push" in said
    ((mark, said),) = look(ON)
    assert mark == "wrong" and "set INFOR_WEBHOOK_SECRET, or INFOR_WEBHOOK_SECRET_FILE" in said


def test_without_an_address_a_person_has_to_look(look: Look) -> None:
    ((mark, said),) = look(ON, INFOR_WEBHOOK_SECRET=WORD)
    assert mark == "look" and "STREAK_INFOR_PUBLIC_URL" in said


def test_a_signing_key_is_looked_at(look: Look) -> None:
    signed = "  push: {proof: signature}\n"
    ((mark, _),) = look(signed, INFOR_WEBHOOK_SECRET="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    assert mark == "good"
    ((mark, said),) = look(signed, INFOR_WEBHOOK_SECRET="no key!")
    assert mark == "wrong" and "no signing key" in said and "no key!" not in said


@pytest.mark.parametrize(
    ("word", "mark", "words"),
    [
        (WORD, "good", "takes the ERP's messages"),
        ("another", "wrong", "knows another INFOR_WEBHOOK_SECRET"),
        (None, "wrong", "takes no messages of the ERP"),
    ],
)
def test_the_gateway_is_asked(
    look: Look, world: World, tmp_path: Path, word: str | None, mark: str, words: str
) -> None:
    push = Push(SharedSecret(word), lambda _message: None, PushSection().protocol) if word else None
    store = Store.open(None, tmp_path / "gateway", clock=world.clock)
    with serve(create_app(store, secret="s", push=push)) as url:
        ((found, said),) = look(ON, "--url", url, INFOR_WEBHOOK_SECRET=WORD)
    assert (found, words in said) == (mark, True) and WORD not in said
    assert store.inbox.counts() == [], "to ask stores nothing"
    store.close()


def test_nobody_there(look: Look) -> None:
    ((mark, said),) = look(ON, "--url", "http://127.0.0.1:9", INFOR_WEBHOOK_SECRET=WORD)
    assert mark == "look" and "nobody takes the ERP's messages" in said
