"""Acme settles in before the integration begins, and tells it of every deal from the first on."""

from socket import create_server

from streak_infor_orchestration.demo.company import UNDECIDED, USERS, Acme
from streak_infor_orchestration.demo.http import until
from streak_infor_orchestration.twins.harness import serve
from streak_infor_orchestration.twins.infor import create_app as infor_app
from streak_infor_orchestration.twins.streak import create_app as streak_app


def port_of_nobody() -> int:
    with create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_no_deal_is_opened_before_its_webhook_stands() -> None:
    with (
        serve(streak_app(USERS)) as streak,
        serve(infor_app()) as infor,
    ):
        acme = Acme(streak, infor)
        acme.settle_in(f"http://127.0.0.1:{port_of_nobody()}", "secret")
        boxes = {box["key"] for box in acme.streak.state()["boxes"]}
        assert len(boxes) == len(UNDECIDED)

        def told_of() -> set[str]:
            return {attempt["key"] for attempt in acme.streak.deliveries()}

        until(lambda: boxes <= told_of() or None, 20, lambda: f"{boxes - told_of()} were never named")
