"""The HTTP client: reads that retry by themselves, writes that never do so blindly."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential
from tenacity.wait import wait_base

from streak_infor_orchestration.domain.clock import Clock
from streak_infor_orchestration.domain.errors import IntegrationError, Rejected, Transient
from streak_infor_orchestration.domain.left_out import Tell
from streak_infor_orchestration.domain.problems.logins import LoginCode
from streak_infor_orchestration.domain.problems.systems import SystemCode
from streak_infor_orchestration.transport.answer import Answer
from streak_infor_orchestration.transport.auth import Auth
from streak_infor_orchestration.transport.budget import Budget
from streak_infor_orchestration.transport.deadline import remaining, within
from streak_infor_orchestration.transport.hold import Hold, record_in_hand
from streak_infor_orchestration.transport.outcomes import Call, Explain, explain_plainly
from streak_infor_orchestration.transport.records import UNREADABLE, Records, log
from streak_infor_orchestration.transport.retry_after import retry_after
from streak_infor_orchestration.transport.sockets import CONNECT_SECONDS, DeadlineTransport
from streak_infor_orchestration.transport.unpacking import ASKED_FOR, Packed, unpacked

T = TypeVar("T")
Decode = Callable[[Answer], T]
"""Makes our value of a good answer. Any ValueError, LookupError, TypeError… means "not what was promised"."""

_HEADERS = {
    "Accept": "application/json",
    "Accept-Encoding": ASKED_FOR,
    "User-Agent": "streak-infor-orchestration",
}
_NO_KEYS = ("", ".", "..")  # as a segment they would address the collection, or something above it

# They log every URL, and a URL may hold an e-mail address
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)


class HttpClient:
    """One outside system. Synchronous, thread-safe, pooled; one per process, made after a fork.

    `timeout` is the longest a call takes in all, retries included; `attempt_timeout` limits one try of a read
    (a write gets the whole time: trying it again is not ours to decide). `patience` is the most that is spent
    asleep between tries; a longer Retry-After goes to the caller in the error. All in seconds. What `hold` knows of
    the system's Retry-After holds for every caller that shares it; `unasked` seconds are its Retry-After where a 429
    says none, None for our own back-off. `left_out` is told of each record of a list that cannot be read.
    `calls` counts the requests that left, by (method, status or "lost").
    """

    def __init__(
        self,
        system: str,
        base_url: str,
        *,
        auth: Auth | None = None,
        budget: Budget | None = None,
        hold: Hold | None = None,
        clock: Clock | None = None,
        timeout: float = 20.0,
        attempt_timeout: float = 10.0,
        patience: float = 4.0,
        attempts: int = 4,
        max_bytes: int = 16 * 1024 * 1024,
        verify: bool | str = True,
        unasked: float | None = None,
        left_out: Tell = log,
    ) -> None:
        self.system = system
        self.records = Records(system, left_out)
        self.calls: Counter[tuple[str, str]] = Counter()
        self._base_url = base_url.rstrip("/")
        self._auth = auth or Auth()
        self._budget = budget
        self._hold = hold
        self.clock = clock or Clock()
        self._timeout = timeout
        self._attempt_timeout = attempt_timeout
        self._patience = patience
        self._attempts = attempts
        self._max_bytes = max_bytes
        self._unasked = unasked
        self._counting = threading.Lock()
        # httpx without its client: a redirect would carry our credentials to wherever it points, and cookies would tie
        # calls together
        self._transport = DeadlineTransport(base_url, verify)

    def close(self) -> None:
        self._auth.close()
        self._transport.close()

    def read(
        self,
        method: str,
        path: str,
        *,
        decode: Decode[T],
        explain: Explain = explain_plainly,
        accept: Collection[int] = (),
        deadline: float | None = None,
        **content: Any,
    ) -> T:
        """Asks until it knows, for a few seconds. `content`: params, json, content, headers as httpx takes them.

        A status in `accept` is given to `decode` like a 2xx.
        Raises as `outcomes` says; never `Unknown`.
        """
        call = Call(self.system, method, path, writes=False)
        return self._until_known(call, decode, explain, accept, deadline, content)

    def find(
        self, collection: str, key: str, *, decode: Decode[T], explain: Explain = explain_plainly
    ) -> T | None:
        """GET one record. None when the system itself (not a page in front of it) says 404, or for no key at all."""
        if key in _NO_KEYS:
            return None

        def decode_found(answer: Answer) -> T | None:
            if answer.status != 404:
                return decode(answer)
            if answer.body is not None and not isinstance(answer.body, dict):
                raise ValueError("404 without an error object")
            return None

        path = f"{collection}/{segment(key)}"
        return self.read("GET", path, decode=decode_found, explain=explain, accept=(404,))

    def write(
        self,
        method: str,
        path: str,
        *,
        decode: Decode[T],
        explain: Explain = explain_plainly,
        deadline: float | None = None,
        **content: Any,
    ) -> T:
        """Sends once; again only what was certainly not done. Raises as `outcomes` says, so `Unknown` when in doubt."""
        call = Call(self.system, method, path, writes=True)
        return self._until_known(call, decode, explain, (), deadline, content)

    def _until_known(
        self,
        call: Call,
        decode: Decode[T],
        explain: Explain,
        accept: Collection[int],
        deadline: float | None,
        content: Mapping[str, Any],
    ) -> T:
        # a write is repeated too: for it, `Transient` means that it was certainly not done
        retrying = Retrying(
            retry=retry_if_exception_type(Transient),
            wait=_RetryAfter(wait_random_exponential(multiplier=0.25, max=2)),
            stop=self._is_enough,
            sleep=self.clock.sleep,
            reraise=True,
        )
        with within(self._timeout if deadline is None else deadline):
            known: T = retrying(self._attempt, call, decode, explain, accept, content)
            return known

    def _is_enough(self, state: RetryCallState) -> bool:
        return (
            state.attempt_number >= self._attempts
            or state.idle_for + state.upcoming_sleep > self._patience
            or state.upcoming_sleep >= remaining()
        )

    def _attempt(
        self,
        call: Call,
        decode: Decode[T],
        explain: Explain,
        accept: Collection[int],
        content: Mapping[str, Any],
    ) -> T:
        credentials = self._auth.headers()
        answer = self._exchange(call, credentials, content)
        if self._auth.stumbled(answer):
            raise call.not_sent(f"{answer.status} for good credentials", LoginCode.PASSING_REFUSAL, 0.0)
        if self._auth.refused(answer) and self._auth.renew(credentials):
            answer = self._exchange(call, self._auth.headers(), content)
        if not (200 <= answer.status < 300 or answer.status in accept):
            asked = self._wish(answer)
            self._note_wish(call, answer.status, asked)
            raise call.refused(answer, explain, asked)
        if call.writes and not answer.is_whole:
            raise call.doubtful(
                "unreadable answer (bytes that are no characters)", SystemCode.UNREADABLE_ANSWER
            )
        try:
            return decode(answer)
        except IntegrationError:
            raise
        except UNREADABLE as error:
            # Without its cause: validation errors quote what they were given
            raise call.doubtful(
                f"unreadable answer ({type(error).__name__})", SystemCode.UNREADABLE_ANSWER
            ) from None

    def _heed(self, call: Call, patience: float) -> None:
        held = 0.0 if self._hold is None else self._hold.wait(patience)
        if held > 0:
            raise call.not_sent("it asked not to be called for a while", SystemCode.HELD, held)

    def _wish(self, answer: Answer) -> float | None:
        asked = retry_after(answer.headers.get("retry-after"), self.clock.now())
        return self._unasked if asked is None and answer.status == 429 else asked

    def _note_wish(self, call: Call, status: int, asked: float | None) -> None:
        """A Retry-After is the whole system's: of a 429 at once, of a 503 when it is no single record's."""
        if self._hold is None or not asked:
            return
        if status == 429:
            self._hold.ask(asked)
        elif status == 503:
            self._hold.suspect(record_in_hand() or call.path, asked)

    def _exchange(self, call: Call, credentials: Mapping[str, str], content: Mapping[str, Any]) -> Answer:
        """One request and its whole answer, whatever its status. Raises for everything that is no answer."""
        if not call.path.startswith("/"):
            raise ValueError("a path begins with a slash, or it could name another host")
        self._heed(call, min(self._patience, remaining()))
        if self._budget is not None:
            if not self._budget.acquire(remaining()):
                raise call.not_sent("no place in the rate budget before the deadline", SystemCode.RATE_BUDGET)
            # a hold that was asked for while we waited for our place: to wait on now would be to leave out of turn
            self._heed(call, 0.0)
        if remaining() <= 0:
            raise call.not_sent("the deadline had passed before it was sent", SystemCode.TOO_LATE)
        outcome = "lost"
        with within(remaining() if call.writes else self._attempt_timeout):
            headers = {**_HEADERS, **content.get("headers", {}), **credentials}
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS, pool=max(remaining(), 0.001))
            request = httpx.Request(
                call.method,
                self._base_url + call.path,
                **{**content, "headers": headers},
                extensions={"timeout": timeout.as_dict()},
            )
            try:
                response = self._transport.handle_request(request)
                try:
                    answer = Answer(response.status_code, response.headers, self._body(call, response))
                finally:
                    response.close()
                outcome = str(answer.status)
                return answer
            except httpx.RequestError as error:
                raise call.broken(error) from None  # the exception carries the request, secrets included
            finally:
                with self._counting:
                    self.calls[call.method, outcome] += 1

    def _body(self, call: Call, response: httpx.Response) -> bytes:
        """Unpacked, and measured while it is."""
        body = bytearray()
        try:
            for part in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
                body += part
                if len(body) > self._max_bytes:
                    raise call.doubtful(
                        f"the answer is larger than {self._max_bytes} bytes", SystemCode.TOO_LARGE_ANSWER
                    )
        except Packed as error:
            raise call.doubtful(f"unreadable answer ({error})", SystemCode.UNREADABLE_ANSWER) from None
        return bytes(body)


class _RetryAfter(wait_base):
    """What the system asked for, if that is longer than our own back-off."""

    def __init__(self, otherwise: wait_base) -> None:
        self._otherwise = otherwise

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        asked = error.retry_after if isinstance(error, Transient) else None
        return max(asked or 0.0, self._otherwise(retry_state))


def segment(key: str) -> str:
    """`key` as one segment of a path. Raises `Rejected` for what would address something else."""
    if key in _NO_KEYS:
        raise Rejected("not a key", code=SystemCode.BAD_KEY, value=key)
    return quote(key, safe="")
