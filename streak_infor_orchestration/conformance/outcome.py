"""How a check ended, and what a run left behind."""

from typing import Literal

from streak_infor_orchestration.domain.model import Model

Verdict = Literal["pass", "fail", "not applicable"]


class CheckOutcome(Model):
    """`contract` names the section; `detail` is why it failed or does not apply, `cure` what to do then."""

    system: str
    check: str
    contract: str
    verdict: Verdict
    detail: str = ""
    cure: str = ""
    seconds: float = 0.0

    @property
    def line(self) -> str:
        """One line for people."""
        ending = f": {self.detail}" if self.detail else ""
        what_to_do = f" -> {self.cure}" if self.cure else ""
        return f"{self.verdict.upper():14}  {self.check} ({self.contract}){ending}{what_to_do}"


class Left(Model):
    """A record that stays in a system after the run; `state` says how."""

    system: str
    kind: str
    id: str
    state: str = ""

    @property
    def line(self) -> str:
        return f"{self.system}: {self.kind} {self.id}" + (f", {self.state}" if self.state else "")
