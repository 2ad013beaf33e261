"""Rounds share deals and kills, are kept, and are not played twice; the report holds what they were."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from streak_infor_orchestration.proof.campaign import Campaign
from streak_infor_orchestration.proof.diary import Result
from streak_infor_orchestration.proof.report import write
from streak_infor_orchestration.proof.round import Plan


class Rehearsed(Campaign):
    """Each round takes no time, and one seed ends the program."""

    def play(self, plan: Plan, tell: Callable[[str], None]) -> Result:
        if plan.seed in interruptions:
            raise KeyboardInterrupt
        return Result(plan.seed, plan.database, plan.deals, kills={"gateway": plan.kills})


interruptions: set[int] = set()


def rehearsed(state_dir: Path) -> Rehearsed:
    return Rehearsed(deals=1001, kills=42, seed=7, database="sqlite", state_dir=state_dir)


def test_rounds_share_deals_and_kills_evenly(tmp_path: Path) -> None:
    plans = rehearsed(tmp_path).plans
    assert [plan.seed for plan in plans] == [7, 8, 9, 10, 11]
    assert sum(plan.deals for plan in plans) == 1001
    assert {plan.deals for plan in plans} == {200, 201}
    assert sum(plan.kills for plan in plans) == 42


def test_an_interrupted_campaign_goes_on_where_it_was(tmp_path: Path) -> None:
    interruptions.add(9)
    with pytest.raises(KeyboardInterrupt):
        list(rehearsed(tmp_path).rounds(print))
    interruptions.clear()
    resumed = rehearsed(tmp_path)
    assert [plan.seed for plan, _ in resumed.rounds(print)] == [9, 10, 11]
    assert [result.seed for result in resumed.done()] == [7, 8, 9, 10, 11]
    assert list(resumed.rounds(print)) == []


def test_a_round_is_replayed_by_its_seed(tmp_path: Path) -> None:
    assert rehearsed(tmp_path).replay(9) == rehearsed(tmp_path).plans[2]
    with pytest.raises(ValueError, match="7 to 11, not 12"):
        rehearsed(tmp_path).replay(12)


STORMY = Result(
    seed=3,
    database="sqlite",
    deals=2,
    kills={"gateway": 1},
    wrong={"twice": 1},
    findings=["twice: <b>Deal</b>: 2 orders, not 1"],
    events=[
        (0.0, "act", "storm"),
        (1.5, "kill", "gateway"),
        (2.0, "fault", "infor: <500>"),
        (9.0, "act", "quiet"),
    ],
    samples=[(1.0, 1, 0, 0), (10.0, 2, 2, 1)],
)


def pictures(page: str) -> list[ET.Element]:
    return [ET.fromstring(picture) for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


def test_each_round_is_a_picture(tmp_path: Path) -> None:
    write([STORMY, Result(seed=1, database="sqlite", deals=1)], tmp_path / "report.html")
    stormy, calm = pictures((tmp_path / "report.html").read_text())
    assert [title.text for title in stormy.iter("title")] == [
        "0.0 s: storm",
        "9.0 s: quiet",
        "1.5 s: gateway",
        "2.0 s: infor: <500>",
    ]
    storm, rest = stormy.iter("rect")
    assert (storm.get("width"), rest.get("x"), rest.get("width")) == ("963.0", "1053.0", "107.0")
    curves = [curve.get("points", "").split() for curve in stormy.iter("polyline")]
    assert curves == [
        ["197.0,240.0", "1160.0,145.0"],
        ["197.0,335.0", "1160.0,145.0"],
        ["197.0,335.0", "1160.0,240.0"],
    ]
    assert [text.text for text in stormy.iter("text")][:2] == ["kill (1)", "stop (0)"]
    assert not list(calm.iter("circle"))


def test_the_report_needs_nothing_else_and_tells_what_is_wrong(tmp_path: Path) -> None:
    write([STORMY], tmp_path / "new" / "report.html")
    page = (tmp_path / "new" / "report.html").read_text()
    assert "1 twice" in page
    assert "&lt;b&gt;Deal&lt;/b&gt;: 2 orders, not 1" in page
    assert not any(mark in page for mark in ("http://", "https://", "<script", "src=", "<link"))
