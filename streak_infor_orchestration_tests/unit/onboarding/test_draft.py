"""The first integration.yaml, whatever things are called."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streak_infor_orchestration.domain.deal import Milestone
from streak_infor_orchestration.infor.products import FORMAT
from streak_infor_orchestration.onboarding.draft import Said, draft, guess
from streak_infor_orchestration.onboarding.place import local_timezone
from streak_infor_orchestration.onboarding.survey import Survey
from streak_infor_orchestration.streak.models import Box
from streak_infor_orchestration.streak.vocabulary import Field, Option, Pipeline, Stage, Team

SAID = Said(
    erp_url="https://erp.example.com/infor/api/v1", product="facade", currency="EUR", timezone="Europe/Berlin"
)
# names as Streak shows them: without space around, which the configuration does not look at
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(str.strip).filter(bool)
FIELD_NAMES = st.one_of(
    NAMES,
    st.sampled_from(["SKU 1", "Qty 1", "Ship via", "ERP order", "Currency", "Signed on", "Items", "{n} 1"]),
)
TYPES = st.sampled_from(["TEXT_INPUT", "DATE", "DROPDOWN", "CHECKBOX", "FORMULA"])


def survey_of(
    stages: list[str], fields: list[Field], team: str = "Acme", boxes: tuple[Box, ...] = ()
) -> Survey:
    pipeline = Pipeline(
        key="p",
        name=team,
        stages=tuple(Stage(key=str(n), name=name) for n, name in enumerate(stages)),
        fields=tuple(fields),
    )
    return Survey(
        team=Team(key="t", name=team, organization_fields=tuple(fields)),
        pipeline=pipeline,
        pipelines=(pipeline,),
        boxes=boxes,
        products=(),
        warehouses=(team,),
    )


@settings(deadline=None, max_examples=40)
@given(
    stages=st.lists(NAMES, max_size=4, unique_by=str.casefold),
    fields=st.lists(
        st.tuples(FIELD_NAMES, TYPES, st.lists(NAMES, max_size=2)), max_size=6, unique_by=lambda f: f[0]
    ),
    team=NAMES,
    typed=NAMES,
)
def test_any_names_make_a_file_that_is_read_as_guessed(
    stages: list[str], fields: list[tuple[str, str, list[str]]], team: str, typed: str
) -> None:
    made = [
        Field(key=name, name=name, type=kind, options=tuple(Option(key=o, name=o) for o in options))
        for name, kind, options in fields
    ]
    box = Box(
        key="b",
        pipeline_key="p",
        name="deal",
        stage="Lead",
        created=datetime(2026, 3, 2, tzinfo=UTC),
        version=1,
        fields={name: typed for name, kind, _ in fields if kind == "TEXT_INPUT"},
    )
    found = survey_of([*stages, "Signed"], made, team, (box,))
    guesses = guess(found)
    config = FORMAT.loads(draft(found, SAID, guesses))

    assert (config.streak.team, config.streak.pipeline) == (team, team)
    assert config.erp.defaults.warehouse == team
    for stage in guesses.stages:
        assert stage.name.strip().casefold() in [
            name.strip().casefold() for name in getattr(config.stages, stage.milestone.value)
        ]
    written = {name for name, _ in config.fields_written()}
    assert written == {guess.field.name for guess in guesses.written}
    if guesses.lines.columns:
        assert guesses.lines.fields <= {name for name, _ in config.fields_read()}


def test_without_a_stage_that_asks_for_an_order_the_file_says_what_is_open() -> None:
    found = survey_of(["One", "Two"], [])
    text = draft(found, SAID, guess(found))
    with pytest.raises(Exception, match="no stage asks for an order"):
        FORMAT.loads(text)
    assert "GUESS: no stage's name says so" in text


def test_every_guess_says_that_it_is_one() -> None:
    found = survey_of(["Lead", "Signed", "Won"], [Field(key="1", name="ERP order", type="TEXT_INPUT")])
    lines = draft(found, SAID, guess(found)).splitlines()
    for said in ("- Lead", "- Signed", "- Won", "field: ERP order", "warehouse:", "source: "):
        (line,) = (line for line in lines if said in line)
        assert "# GUESS: " in line
    for said in ("timezone: Europe/Berlin", "currency: EUR"):
        (line,) = (line for line in lines if said in line)
        assert "GUESS" not in line


def test_the_time_zone_is_the_machine_s(tmp_path: Path) -> None:
    zones = tmp_path / "zoneinfo" / "Europe"
    zones.mkdir(parents=True)
    (zones / "Vienna").touch()
    (zones / "Nowhere").touch()
    for city, zone in (("Vienna", "Europe/Vienna"), ("Nowhere", "UTC")):
        link = tmp_path / city
        link.symlink_to(zones / city)
        assert local_timezone({}, link)[0] == zone
    assert local_timezone({"TZ": "Asia/Tokyo"}, tmp_path / "nothing") == ("Asia/Tokyo", "TZ says so")
    assert local_timezone({"TZ": ":nonsense"}, tmp_path / "nothing")[0] == "UTC"


def test_all_milestones_have_a_list() -> None:
    found = survey_of(["Signed"], [])
    text = draft(found, SAID, guess(found))
    assert all(f"\n  {milestone.value}:" in text for milestone in Milestone)
