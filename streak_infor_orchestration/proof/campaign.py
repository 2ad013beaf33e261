"""The campaign: rounds one after the other, kept in a state file so that a long one can be resumed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from streak_infor_orchestration.demo.erps import DEFAULT
from streak_infor_orchestration.proof.diary import Result
from streak_infor_orchestration.proof.round import Plan, play

ROUND = 250
"""Deals of one round at most. Each round has a fresh stack and a seed of its own, counted up from the campaign's."""


@dataclass(frozen=True)
class Campaign:
    """`deals` and `kills` in all, spread evenly over rounds; `state_dir` has the state file and the rounds' folders."""

    deals: int
    kills: int
    seed: int
    database: str
    state_dir: Path
    erp: str = DEFAULT.name

    @property
    def command(self) -> str:
        """That plays it, in whatever state folder."""
        said = f"--deals {self.deals} --kills {self.kills} --seed {self.seed} --database {self.database}"
        return f"streak-infor proof {said}{of(self.erp)}"

    @property
    def plans(self) -> list[Plan]:
        rounds = -(-self.deals // ROUND)
        return [
            Plan(
                self.seed + n,
                _share(self.deals, rounds, n),
                _share(self.kills, rounds, n),
                self.database,
                self.erp,
            )
            for n in range(rounds)
        ]

    def replay(self, seed: int) -> Plan:
        """The round of that seed. Raises ValueError when this campaign has none."""
        for plan in self.plans:
            if plan.seed == seed:
                return plan
        raise ValueError(f"this campaign has the seeds {self.seed} to {self.plans[-1].seed}, not {seed}")

    @property
    def state_file(self) -> Path:
        name = f"proof-{self.erp}-{self.database}-{self.deals}-{self.kills}-{self.seed}.json"
        return self.state_dir / name

    def done(self) -> list[Result]:
        """Rounds of this very campaign that are finished already."""
        if not self.state_file.exists():
            return []
        return [Result(**kept) for kept in json.loads(self.state_file.read_text(encoding="utf-8"))]

    def rounds(self, tell: Callable[[str], None]) -> Iterator[tuple[Plan, Result]]:
        """Each round that is not done yet, when it has ended."""
        results = self.done()
        known = {result.seed for result in results}
        for plan in self.plans:
            if plan.seed not in known:
                result = self.play(plan, tell)
                results.append(result)
                self._keep(results)
                yield plan, result

    def play(self, plan: Plan, tell: Callable[[str], None]) -> Result:
        return play(plan, self.state_dir / f"{plan.erp}-{plan.database}-{plan.seed}", tell)

    def _keep(self, results: list[Result]) -> None:
        """In one rename: a campaign that is interrupted loses the round it was in, and nothing else."""
        fresh = self.state_file.with_suffix(".new")
        fresh.write_text(json.dumps([asdict(result) for result in results]), encoding="utf-8")
        fresh.replace(self.state_file)


def of(erp: str) -> str:
    """How a command says which ERP it is about."""
    return "" if erp == DEFAULT.name else f" --erp {erp}"


def _share(whole: int, parts: int, n: int) -> int:
    """The n-th of so many parts that differ by one at most."""
    return whole * (n + 1) // parts - whole * n // parts
