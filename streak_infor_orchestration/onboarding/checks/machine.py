"""This machine: the file, the secrets, the state folder, the database."""

import os
import tempfile
from collections.abc import Callable, Iterator
from functools import partial

from streak_infor_orchestration.config.loader import InvalidConfiguration
from streak_infor_orchestration.config.state_folder import claimed
from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.infor.products import product_of
from streak_infor_orchestration.ledger.database import ONE_MACHINE
from streak_infor_orchestration.onboarding.checks.context import Context
from streak_infor_orchestration.onboarding.checks.finding import Broken, Checked, good, look, wrong


def configuration(context: Context) -> Iterator[Checked]:
    try:
        config = context.parts.config
    except InvalidConfiguration as invalid:
        for complaint in invalid.complaints:
            where, _, cure = complaint.rpartition("; ")
            yield wrong(where or cure, cure if where else "see docs/configuration.md")
        raise Broken from None
    guessed = (
        context.parts.settings.config.read_text(encoding="utf-8").count("GUESS:")
        if context.parts.settings.config
        else 0
    )
    rules = len(config.fields) + len(config.write_back)
    still = f", {guessed} guesses of `init` still marked in it" if guessed else ""
    yield good(f"{context.parts.settings.config}: {rules} rules{still}")


def secrets(context: Context) -> Iterator[Checked]:
    """That they are there; whether they are right, the systems say."""
    parts = context.parts
    asked: dict[str, Callable[[], object]] = {
        "what opens Streak": parts.secrets.streak,
        "STREAK_WEBHOOK_SECRET": parts.secrets.streak_webhook_secret,
        "what opens the ERP": partial(
            product_of(parts.config.erp).login, parts.config.erp, parts.secrets, parts.clock
        ),
    }
    for alert in parts.config.alerts:
        asked[alert.variable] = partial(parts.secrets.named, alert.variable)
    for name, ask in asked.items():
        try:
            ask()
        except Misconfigured as missing:
            yield wrong(name, missing.message)
        else:
            yield good(f"{name} is set")


def state_folder(context: Context) -> Iterator[Checked]:
    folder = context.parts.settings.state_dir.absolute()
    try:
        claimed(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield wrong(
            f"{folder} cannot be written: {error.strerror}",
            "let this user write there, or set STREAK_INFOR_STATE_DIR to another folder",
        )
        raise Broken from None
    yield good(f"{folder} can be written")


def database(context: Context) -> Iterator[Checked]:
    """Opened as every process opens it, which creates and migrates what is missing."""
    where = "Postgres" if context.parts.settings.database_url else "SQLite in the state folder"
    store = context.parts.store
    yield good(f"{where}: open, {store.links.count()} deals and customers linked")
    allowed = store.connections()
    if allowed is not None and allowed < ONE_MACHINE:
        yield look(
            f"Postgres allows {allowed} connections besides its superusers', one machine may need {ONE_MACHINE}",
            f"set max_connections to {ONE_MACHINE + 10} or more (docs/operations.md, Postgres), or see that nobody else"
            " uses this server",
        )


def tables(context: Context) -> Iterator[Checked]:
    """Where they are, and that no other machine keeps them."""
    yield good(f"{context.parts.warehouse.root}")
