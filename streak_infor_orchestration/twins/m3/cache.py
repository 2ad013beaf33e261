"""What stands between and answers a GET once more as it did before: why readers send ``_rid``. Contract, F."""

from datetime import datetime, timedelta

from starlette.responses import Response

from streak_infor_orchestration.twins.harness import Now


class AnswerCache:
    """Off until it is told the seconds that an answer is kept for. Keys are whole addresses."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self.clear()

    def clear(self) -> None:
        self.seconds = 0.0
        self._kept: dict[str, tuple[datetime, Response]] = {}

    def get(self, address: str) -> Response | None:
        until, answer = self._kept.get(address, (None, None))
        return answer if until is not None and self._now() < until else None

    def keep(self, address: str, answer: Response) -> Response:
        if self.seconds:
            self._kept[address] = (self._now() + timedelta(seconds=self.seconds), answer)
        return answer
