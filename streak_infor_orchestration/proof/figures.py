"""What a campaign came to, as it is kept in a file: no number in the documentation is typed by hand."""

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streak_infor_orchestration.proof.campaign import Campaign, of
from streak_infor_orchestration.proof.diary import Result, total
from streak_infor_orchestration.proof.residual import Residual
from streak_infor_orchestration.proof.wrong import KINDS_OF_WRONG


def of_campaign(campaign: Campaign, results: list[Result]) -> dict[str, Any]:
    """Sums over all rounds that were played; `wrong` has every kind there is, zeros included. Times in seconds."""
    wrong = total(results, "wrong")
    return {
        "kind": "campaign",
        "command": campaign.command,
        **_here(),
        "erp": campaign.erp,
        "database": campaign.database,
        "asked": campaign.deals,
        "seeds": [result.seed for result in results],
        **{
            what: sum(getattr(result, what) for result in results)
            for what in ("deals", "steps", "orders", "invoices", "customers", "sent_again")
        },
        **{what: dict(total(results, what)) for what in ("kills", "stops", "faults")},
        "wrong": {kind: wrong[kind] for kind in KINDS_OF_WRONG},
        "findings": sum(len(result.findings) for result in results),
        "seconds": round(sum(r.starting + r.storm + r.convergence for r in results)),
        "longest_convergence": max((result.convergence for result in results), default=0.0),
    }


def of_residual(found: Residual, count: int, seed: int, database: str, erp: str) -> dict[str, Any]:
    command = f"streak-infor proof --residual --deals {count} --seed {seed} --database {database}{of(erp)}"
    figures = {"kind": "residual", "command": command, **_here(), "erp": erp, "database": database}
    return {**figures, **asdict(found)}


def keep(figures: dict[str, Any], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _here() -> dict[str, Any]:
    machine = f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}"
    return {"day": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine}
