"""A process that makes one call under a shared hold: `hold_process.py URL FILE TIMEOUT`.

Prints what became of it as JSON: [code of the error, its retry_after], or ["ok", null].
"""

import json
import sys
from pathlib import Path

from streak_infor_orchestration.domain.errors import IntegrationError
from streak_infor_orchestration.transport.hold import Hold
from streak_infor_orchestration.transport.http import HttpClient


def main(url: str, path: str, timeout: float) -> None:
    http = HttpClient("erp", url, hold=Hold(Path(path)), timeout=timeout, attempts=1)
    try:
        http.write("POST", "/orders", json={}, decode=lambda answer: answer.body)
        print(json.dumps(["ok", None]))
    except IntegrationError as error:
        print(json.dumps([error.code, getattr(error, "retry_after", None)]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
