"""The command line as a whole: its commands, their help, and how an error ends one."""

import json
import os

import click
import pytest
from click.testing import CliRunner

from streak_infor_orchestration import cli
from streak_infor_orchestration.cli.times import _took
from streak_infor_orchestration.cli.twins import _explain
from streak_infor_orchestration.domain.errors import Misconfigured


def test_each_command_is_there_with_what_it_is_for() -> None:
    context = click.Context(cli._group)
    names = cli._group.list_commands(context)
    said = CliRunner().invoke(cli._group, ["--help"]).output
    assert len(names) > 20
    for name in names:
        command = cli._group.get_command(context, name)
        assert command is not None and command.help, name
        assert f"  {name} " in said
        assert CliRunner().invoke(cli._group, [name, "--help"]).exit_code == 0, name


def test_what_is_no_command_is_refused() -> None:
    ended = CliRunner().invoke(cli._group, ["upp"])
    assert ended.exit_code == 2 and "No such command 'upp'" in ended.stderr


def test_an_expected_error_is_one_line_and_code_1_and_what_was_written_is_this_users_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> None:
        raise Misconfigured("no such\x1b team")

    monkeypatch.setattr(cli._group, "main", fails)
    before = os.umask(0o022)
    try:
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert os.umask(before) == 0o077
    finally:
        os.umask(before)
    assert ended.value.code == 1
    assert capsys.readouterr() == ("", "streak-infor: no such\\u001b team\n")


def test_a_deal_of_the_simulators_is_told_with_commands_that_can_be_copied(
    capsys: pytest.CaptureFixture[str],
) -> None:
    _explain("agx-7")
    lines = capsys.readouterr().out.splitlines()
    commands = [line for line in lines if not line.startswith("#")]
    assert lines[0] == "# A deal whose proposal was accepted: agx-7"
    assert [line.partition(" --config-json")[0] for line in commands] == [
        "dg dev",
        "dg launch --job order_to_cash",
        "streak-infor sync deal agx-7",
        "streak-infor up",
    ]
    (config,) = [line.partition("--config-json ")[2] for line in commands if "--config-json" in line]
    assert json.loads(config.strip("'")) == {"ops": {"claim": {"config": {"only": ["agx-7"]}}}}


@pytest.mark.parametrize(
    ("hours", "told"),
    [
        (0, "0.0 s"),
        (0.005, "18.0 s"),
        (1 / 60, "1 min"),
        (0.5, "30 min"),
        (1, "1.0 h"),
        (47.9, "47.9 h"),
        (48, "2.0 days"),
        (100, "4.2 days"),
    ],
)
def test_a_time_is_told_in_the_unit_that_says_most(hours: float, told: str) -> None:
    assert _took(hours) == told
