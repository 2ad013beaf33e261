"""One variable of the environment, or of a mounted file: `NAME`, or `NAME_FILE` holding the path of its content."""

from collections.abc import Mapping
from pathlib import Path

from streak_infor_orchestration.domain.errors import Misconfigured


def read(environment: Mapping[str, str], name: str) -> str | None:
    """The value, or None when unset or empty. Raises Misconfigured, naming the variable and never its value."""
    value, path = environment.get(name, ""), environment.get(f"{name}_FILE", "")
    if value and path:
        raise missing(name, f"{name} and {name}_FILE are both set; keep one of them")
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, ValueError):
            raise missing(f"{name}_FILE", f"the file that {name}_FILE names cannot be read as text") from None
    return value or None


def missing(variable: str, message: str = "") -> Misconfigured:
    """The complaint about a variable."""
    text = message or f"{variable} is not set; set it, or {variable}_FILE to the path of a file holding it"
    return Misconfigured(text, code="environment", field=variable)
