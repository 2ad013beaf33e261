"""The mapping that runs now: the file as `streak-infor up` last read it, and the tables it names."""

import shutil
from pathlib import Path

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.config.settings import Settings
from streak_infor_orchestration.infor.products import FORMAT

_FOLDER = "in-use"
_FILE = "integration.yaml"


def remember(settings: Settings, config: Integration) -> None:
    """Called when a stack starts on this state folder; `config` is what the settings' file holds."""
    assert settings.config is not None, "nothing starts without a configuration"
    target = settings.state_dir / _FOLDER
    part = target.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700, parents=True)
    shutil.copyfile(settings.config, part / _FILE)
    for name in {table.csv for table in config.tables.values() if table.csv}:
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(settings.config.parent / name, part / name)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def recall(settings: Settings) -> Integration | None:
    """None when nothing ever ran here, or what ran is no configuration of this version any more."""
    if not ever_ran(settings):
        return None
    try:
        return FORMAT.load(_place(settings))
    except InvalidConfiguration:
        return None


def ever_ran(settings: Settings) -> bool:
    """Then there is a ledger, too."""
    return _place(settings).exists()


def _place(settings: Settings) -> Path:
    return settings.state_dir / _FOLDER / _FILE
