"""What `up` hands to the services."""

from pathlib import Path

from streak_infor_orchestration.cli.up import spell_out
from streak_infor_orchestration.config.settings import Settings


def test_addresses_in_files_reach_dagster_as_variables(tmp_path: Path) -> None:
    (tmp_path / "db").write_text("postgresql://u:p@db/ledger\n")
    (tmp_path / "redis").write_text("redis://:p@redis/0\n")
    environment = {
        "STREAK_INFOR_DATABASE_URL_FILE": str(tmp_path / "db"),
        "STREAK_INFOR_REDIS_URL_FILE": str(tmp_path / "redis"),
        "OTHER": "stays",
    }
    spell_out(Settings.from_environment(environment), environment)
    assert environment == {
        "STREAK_INFOR_DATABASE_URL": "postgresql://u:p@db/ledger",
        "STREAK_INFOR_REDIS_URL": "redis://:p@redis/0",
        "OTHER": "stays",
    }
    spell_out(Settings.from_environment(environment), environment)
    assert len(environment) == 3
