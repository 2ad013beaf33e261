"""`python -m streak_infor_orchestration.gateway`: the gateway, configured by the environment.

Besides the installation's settings: STREAK_WEBHOOK_SECRET (required), STREAK_WEBHOOK_TOKEN if webhooks are registered
with one, INFOR_WEBHOOK_SECRET where the ERP tells what changed, STREAK_INFOR_GATEWAY_STATUS_TOKEN for metrics and deals
(unset: only this machine sees them), STREAK_INFOR_GATEWAY_HOST (127.0.0.1), and STREAK_INFOR_WEBSERVER_URL for a
Dagster webserver on another machine.
"""

import logging
import os
import signal
import sys

from streak_infor_orchestration.config.environment import read
from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.gateway.app import create_app
from streak_infor_orchestration.gateway.infor_proof import SharedSecret, StandardSignature
from streak_infor_orchestration.gateway.infor_push import Push
from streak_infor_orchestration.gateway.launch_run import RunLauncher
from streak_infor_orchestration.gateway.serve import run
from streak_infor_orchestration.wiring import Wiring

logger = logging.getLogger(__name__)


def main() -> None:
    """Ends with a message, not a traceback, when the environment or the ledger is not as it should be."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    for number in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops gracefully, then raises the signal again: that is to end in order, with 0
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        _serve(Wiring(os.environ))
    except (IntegrationError, OSError) as error:
        sys.exit(f"gateway: {error}")


def _serve(parts: Wiring) -> None:
    settings = parts.settings
    webserver = (
        read(os.environ, "STREAK_INFOR_WEBSERVER_URL") or f"http://127.0.0.1:{settings.webserver_port}"
    )
    launcher = RunLauncher(webserver)
    app = create_app(
        parts.store,
        secret=parts.secrets.streak_webhook_secret().get_secret_value(),
        token=read(os.environ, "STREAK_WEBHOOK_TOKEN"),
        launch=launcher.launch,
        status_token=read(os.environ, "STREAK_INFOR_GATEWAY_STATUS_TOKEN"),
        clock=parts.clock,
        push=_push(parts),
    )
    host = read(os.environ, "STREAK_INFOR_GATEWAY_HOST") or "127.0.0.1"
    try:
        run(app, host, settings.gateway_port, lambda url: print(f"gateway at {url}", flush=True))
    finally:
        launcher.close()
        parts.store.close()


def _push(parts: Wiring) -> Push | None:
    """Without its secret the file is not even read: Streak's webhooks are taken whatever it is like. A secret without
    `erp.push` is only warned of: the ERP's messages find nobody, and no deal may wait for that. Raises Misconfigured.
    """
    secret = parts.secrets.optional("INFOR_WEBHOOK_SECRET")
    if secret is None:
        return None
    section, hints = parts.config.erp.push, parts.hints()
    if section is None or hints is None:
        logger.warning(
            "INFOR_WEBHOOK_SECRET is set, and the file has no erp.push: the ERP's messages are not taken; write it, or "
            "unset the variable"
        )
        return None
    text = secret.get_secret_value()
    proof = SharedSecret(text) if section.proof == "secret" else StandardSignature(text, parts.clock.now)
    return Push(proof, hints, section.protocol)


if __name__ == "__main__":
    main()
