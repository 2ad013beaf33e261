"""The mapping that runs now: the file as `streak-infor up` last read it."""

from pathlib import Path

from streak_infor_orchestration.config.integration import Integration
from streak_infor_orchestration.config.loader import InvalidConfiguration, loads
from streak_infor_orchestration.config.settings import Settings

_FILE = "integration.in-use.yaml"


def remember(settings: Settings) -> None:
    """Called when a stack starts on this state folder, with a configuration that can be read."""
    assert settings.config is not None, "nothing starts without a configuration"
    target = _place(settings)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.write_text(settings.config.read_text(encoding="utf-8"), encoding="utf-8")
    part.replace(target)


def recall(settings: Settings) -> Integration | None:
    """None when nothing ever ran here, or what ran is no configuration of this version any more."""
    target = _place(settings)
    if not target.exists():
        return None
    try:
        return loads(target.read_text(encoding="utf-8"), name="in use")
    except InvalidConfiguration:
        return None


def ever_ran(settings: Settings) -> bool:
    """Then there is a ledger, too."""
    return _place(settings).exists()


def _place(settings: Settings) -> Path:
    return settings.state_dir / _FILE
