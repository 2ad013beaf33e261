"""Celery's filesystem transport, made safe to read while it is written.

kombu opens a message under its final name and fills it afterwards, and a consumer that looks in between
reads half a message, which ends the worker (measured: 7-12 % of 4,000 messages with a tight consumer).
It also parks received messages in the temporary folder, which may be another file system.
Names that begin with an underscore are where kombu's transports differ; it documents them for subclasses.
"""

import contextlib
import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.utils import json


class Channel(filesystem.Channel):
    """One folder, one file a message: `{nanoseconds}_{unique}.{queue}.msg`, oldest first.

    A message leaves the folder when it is received. What a killed worker held is not handed out again:
    Dagster would refuse a second start of the same run, so the run is reported as failed instead.
    """

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """kombu changes a table of bindings under a lock, but creates it without: two workers that start together
        could lose one's binding, and with it the ability to be told to end a run."""
        table = self._exchange_file(exchange)  # type: ignore[no-untyped-call]  # kombu is half typed
        empty = table.with_name(f"{uuid.uuid4().hex}.new")
        empty.write_text("[]")
        with contextlib.suppress(FileExistsError):
            table.hardlink_to(empty)
        empty.unlink()
        super()._queue_bind(exchange, routing_key, pattern, queue)  # type: ignore[no-untyped-call]  # as above

    def _put(self, queue: str, payload: Any, **_: Any) -> None:  # type: ignore[override]  # kombu disagrees with itself
        text = json.dumps(payload)  # type: ignore[no-untyped-call]  # kombu is half typed
        written = Path(self.data_folder_out) / f"{time.time_ns():020}_{uuid.uuid4().hex}.{queue}.part"
        written.write_text(text, encoding="utf-8")
        written.rename(written.with_suffix(".msg"))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        for waiting in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = waiting.with_suffix(".taken")
            try:
                waiting.rename(taken)
            except FileNotFoundError:
                continue  # another worker was quicker
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return json.loads(text)  # type: ignore[no-untyped-call]  # kombu is half typed
        raise Empty


class Transport(filesystem.Transport):
    """Named in the profile as `broker_transport`."""

    Channel = Channel
