"""Delivers events to webhooks over HTTP (§3.16), one attempt at a time per webhook and in order.

A failed attempt steps aside until its retry, so that it holds up nothing; retries therefore come out of
order, as the contract tells clients to expect.
"""

import asyncio
import json
import random
import time
from collections import deque
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from streak_infor_orchestration.twins.streak.delivery.levers import Levers
from streak_infor_orchestration.twins.streak.delivery.sender import Sender
from streak_infor_orchestration.twins.streak.state.hooks import Hooks

Json = dict[str, Any]

LOGGED_ATTEMPTS = 100_000


@dataclass(eq=False)
class Delivery:
    number: int
    hook_key: str
    event: str
    key: str
    body: bytes
    attempt: int = 1
    in_flight: bool = False
    timer: asyncio.TimerHandle | None = None


class Deliveries:
    """Runs in the event loop that serves the API; the log is bounded and in the order of the answers."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._sender = Sender()
        self.log: deque[Json] = deque(maxlen=LOGGED_ATTEMPTS)
        self._start()

    def _start(self) -> None:
        self.hooks = Hooks()
        self.levers = Levers()
        self._dice = random.Random(self.levers.seed)  # noqa: S311 - repeatable, not secret
        self._pending: dict[int, Delivery] = {}
        self._lanes: dict[str, _Lane] = {}

    def reset(self) -> None:
        self._stop()
        self.log.clear()
        self._start()

    @property
    def pending(self) -> int:
        """Deliveries that are neither done, lost nor given up."""
        return len(self._pending)

    def move(self, levers: Levers) -> None:
        if levers.seed != self.levers.seed:
            self._dice.seed(levers.seed)
        self.levers = levers
        for lane in self._lanes.values():
            lane.run()

    def emit(self, event: str, scope: str, changed: Json, actor_key: str) -> None:
        """Tells the webhooks of this pipeline or team; the body is ``changed`` as it is at this moment."""
        hooks = [
            hook
            for hook in self.hooks.of(scope)
            if hook["event"] == event and (self.levers.echo_own or hook["userKey"] != actor_key)
        ]
        if hooks:
            body = json.dumps([changed]).encode()
            for hook in hooks:
                self._accept(Delivery(next(self._numbers), hook["key"], event, changed["key"], body))

    def _accept(self, delivery: Delivery) -> None:
        if self._loses_one():
            self._note(delivery, self.hooks.by_key[delivery.hook_key]["targetUrl"], "dropped", 0.0)
            return
        copies = [replace(delivery, number=next(self._numbers)) for _ in range(self.levers.duplicate)]
        for copy in (delivery, *copies):
            self._pending[copy.number] = copy
            shuffle = self._dice.uniform(0, self.levers.reorder_within) if self.levers.reorder else 0.0
            self._schedule(copy, self.levers.delay + shuffle)

    def _loses_one(self) -> bool:
        drop = self.levers.drop
        if isinstance(drop, float):
            return self._dice.random() < drop
        if drop:
            self.levers = replace(self.levers, drop=drop - 1)
        return drop > 0

    def _schedule(self, delivery: Delivery, seconds: float) -> None:
        if seconds:
            delivery.timer = asyncio.get_running_loop().call_later(seconds, self._ready, delivery)
        else:
            self._ready(delivery)

    def _ready(self, delivery: Delivery) -> None:
        delivery.timer = None
        lane = self._lanes.setdefault(delivery.hook_key, _Lane(self))
        lane.waiting.append(delivery)
        lane.run()

    async def flush(self) -> int:
        """Attempts at once, in order, all that is held, delayed or waiting to be retried; says how many."""
        batch = [delivery for delivery in self._pending.values() if not delivery.in_flight]
        for delivery in batch:
            if delivery.timer is not None:
                delivery.timer.cancel()
                delivery.timer = None
        for lane in self._lanes.values():
            lane.waiting.clear()
        await asyncio.gather(*(lane.task for lane in self._lanes.values() if lane.task is not None))
        for delivery in batch:
            await self.attempt(delivery)
        return len(batch)

    async def attempt(self, delivery: Delivery) -> None:
        hook = self.hooks.by_key.get(delivery.hook_key)
        if hook is None:  # deleted meanwhile
            self._pending.pop(delivery.number, None)
            return
        delivery.in_flight = True
        started = time.perf_counter()
        token = self.hooks.tokens.get(hook["key"])
        status = await self._sender.send(hook["targetUrl"], delivery.body, token, self.levers.timeout)
        delivery.in_flight = False
        self._note(delivery, hook["targetUrl"], status, time.perf_counter() - started)
        self._settle(delivery, status)

    def _settle(self, delivery: Delivery, status: int | None) -> None:
        if status == 410:
            self.hooks.remove(delivery.hook_key)
        if status in (200, 410) or delivery.attempt >= self.levers.attempts:
            self._pending.pop(delivery.number, None)
            return
        delivery.attempt += 1
        self._schedule(delivery, self.levers.wait_before(delivery.attempt))

    def _note(self, delivery: Delivery, target: str, status: int | str | None, seconds: float) -> None:
        self.log.append(
            {
                "number": delivery.number,
                "event": delivery.event,
                "key": delivery.key,
                "target": target,
                "attempt": delivery.attempt,
                "status": status,
                "at": time.time(),
                "seconds": seconds,
            }
        )

    def _stop(self) -> None:
        for delivery in self._pending.values():
            if delivery.timer is not None:
                delivery.timer.cancel()
        for lane in self._lanes.values():
            if lane.task is not None:
                lane.task.cancel()

    async def close(self) -> None:
        self._stop()
        await self._sender.close()


class _Lane:
    """One webhook's deliveries that are ready to be attempted, in order."""

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries
        self.waiting: deque[Delivery] = deque()
        self.task: asyncio.Task[None] | None = None

    def run(self) -> None:
        if self.task is None and self.waiting and not self._deliveries.levers.paused:
            self.task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        try:
            while self.waiting and not self._deliveries.levers.paused:
                await self._deliveries.attempt(self.waiting.popleft())
        finally:
            self.task = None
