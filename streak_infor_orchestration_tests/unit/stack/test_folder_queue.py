import threading
from pathlib import Path
from queue import Empty

import pytest
from kombu.connection import Connection

from streak_infor_orchestration.stack.folder_queue import Channel

TRANSPORT = "streak_infor_orchestration.stack.folder_queue:Transport"


def channel(folder: Path) -> Channel:
    (folder / "c").mkdir(exist_ok=True)
    folders = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "c"),
    }
    connection = Connection("filesystem://", transport=TRANSPORT, transport_options=folders)  # type: ignore[no-untyped-call]  # kombu is half typed
    opened = connection.channel()
    assert isinstance(opened, Channel)
    return opened


@pytest.fixture
def queue(tmp_path: Path) -> Channel:
    return channel(tmp_path)


def test_messages_come_out_in_the_order_they_went_in(queue: Channel) -> None:
    for number in range(20):
        queue._put("live", {"number": number})

    assert [queue._get("live")["number"] for _ in range(20)] == list(range(20))
    with pytest.raises(Empty):
        queue._get("live")


def test_queues_share_a_folder_and_nothing_else(queue: Channel) -> None:
    queue._put("bulk", {"of": "bulk"})

    with pytest.raises(Empty):
        queue._get("live")
    assert queue._get("bulk") == {"of": "bulk"}


def test_a_message_being_written_is_not_seen(queue: Channel, tmp_path: Path) -> None:
    (tmp_path / "00000000000000000001_x.live.part").write_text('{"half')

    with pytest.raises(Empty):
        queue._get("live")


def test_a_reader_that_never_pauses_reads_whole_messages_each_once(queue: Channel, tmp_path: Path) -> None:
    """With kombu's own channel about every tenth of these is read half written."""
    count, body = 400, "x" * 4000

    def write() -> None:
        writer = channel(tmp_path)
        for number in range(count):
            writer._put("live", {"number": number, "body": body})

    writing = threading.Thread(target=write)
    writing.start()
    read: list[int] = []
    while writing.is_alive() or len(read) < count:
        try:
            message = queue._get("live")
        except Empty:
            continue
        assert message["body"] == body
        read.append(message["number"])
    writing.join()

    assert sorted(read) == list(range(count))


def test_two_readers_never_get_the_same_message(tmp_path: Path) -> None:
    writer, count = channel(tmp_path), 200
    for number in range(count):
        writer._put("live", {"number": number})
    read: list[int] = []

    def drain() -> None:
        reader = channel(tmp_path)
        try:
            while True:
                read.append(reader._get("live")["number"])
        except Empty:
            pass

    readers = [threading.Thread(target=drain) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert sorted(read) == list(range(count))


def test_workers_that_bind_at_the_same_moment_are_all_bound(tmp_path: Path) -> None:
    names = {f"worker{number}" for number in range(8)}
    for round_ in range(10):
        together = threading.Barrier(len(names))

        def bind(name: str, exchange: str, together: threading.Barrier) -> None:
            opened = channel(tmp_path)
            together.wait()
            opened._queue_bind(exchange, "", "", name)

        binding = [threading.Thread(target=bind, args=(name, f"x{round_}", together)) for name in names]
        for thread in binding:
            thread.start()
        for thread in binding:
            thread.join()

        assert {bound.queue for bound in channel(tmp_path).get_table(f"x{round_}")} == names
