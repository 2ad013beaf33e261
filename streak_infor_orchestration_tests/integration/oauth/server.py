"""An independent OAuth 2.0 server, npm's oauth2-mock-server: installed beside the interpreter, run per test session."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
INSTALLED = Path(sys.prefix, "oauth-server")
CLIENT_ID, CLIENT_SECRET = "T~client", "s3cr&t ü"
_FILES = ("package.json", "package-lock.json", "server.mjs")


def install() -> None:
    """By npm, the versions and hashes of the lock file; again whenever one of its files was changed."""
    with FileLock(f"{INSTALLED}.lock"):
        if all(_same(name) for name in _FILES) and (INSTALLED / "node_modules").is_dir():
            return
        shutil.rmtree(INSTALLED, ignore_errors=True)
        INSTALLED.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, INSTALLED)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=INSTALLED, check=True, timeout=110)
        shutil.copy(HERE / "server.mjs", INSTALLED)  # last: it says that all is there


@contextmanager
def serving() -> Iterator[str]:
    """Its URL, on a free port of this machine. The client authenticates by Basic; a wrong secret gets 401."""
    install()
    environment = {**os.environ, "CLIENT_ID": CLIENT_ID, "CLIENT_SECRET": CLIENT_SECRET}
    with subprocess.Popen(
        ["node", "server.mjs"],
        cwd=INSTALLED,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://"), "the OAuth server did not start"
        yield url.replace("localhost", "127.0.0.1")
        process.stdin.close()
        process.wait(timeout=10)


def _same(name: str) -> bool:
    there = INSTALLED / name
    return there.is_file() and there.read_bytes() == (HERE / name).read_bytes()


if __name__ == "__main__":
    install()
