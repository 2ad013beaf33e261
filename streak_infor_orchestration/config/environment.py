"""One variable of the environment, or of a mounted file: `NAME`, or `NAME_FILE` holding the path of its content.

Editors and env files bring along what nobody means: a byte order mark, carriage returns, blanks around the value. They
are taken off here, for every variable; what may change the meaning is told instead.
"""

import codecs
import re
from collections.abc import Mapping
from pathlib import Path

from streak_infor_orchestration.domain.errors import Misconfigured
from streak_infor_orchestration.domain.problems.setup import SetupCode

_AROUND = re.compile(r"^[\s\0\ufeff\u200b-\u200d\u2060]+|[\s\0\ufeff\u200b-\u200d\u2060]+$")
_QUOTES = ("''", '""', "“”", "„“", "‘’", "``")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read(environment: Mapping[str, str], name: str) -> str | None:
    """The value, or None when unset or empty. Raises Misconfigured, naming the variable and never its value."""
    value, path = given(environment, name), given(environment, f"{name}_FILE")
    if value and path:
        raise missing(name, f"{name} and {name}_FILE are both set; keep one of them")
    return _cleaned(text_of(Path(path), f"{name}_FILE"), f"{name}_FILE") if path else value


def given(environment: Mapping[str, str], name: str) -> str | None:
    """The same of a variable that no file stands for."""
    return _cleaned(environment.get(name, ""), name)


def text_of(path: Path, variable: str) -> str:
    """What is in the file that `variable` names. Raises Misconfigured."""
    try:
        content = path.read_bytes()
        if content.startswith(_UTF_16) or b"\0" in content:
            raise missing(
                variable, f"the file that {variable} names is UTF-16 or no text at all; save it as UTF-8"
            )
        return content.decode("utf-8-sig")
    except FileNotFoundError:
        raise missing(variable, f"there is no file at the path that {variable} names") from None
    except (OSError, ValueError):  # a NUL in the path itself is a ValueError
        raise missing(variable, f"the file that {variable} names cannot be read as text") from None


def _cleaned(value: str, variable: str) -> str | None:
    text = _AROUND.sub("", value)
    if len(text) > 1 and text[0] + text[-1] in _QUOTES:
        raise missing(
            variable,
            f"the value of {variable} stands in quotes, which are taken as part of it; leave them out",
        )
    if any(c in text for c in "\r\n\0"):
        raise missing(variable, f"the value of {variable} has several lines; keep the one that is meant")
    return text or None


def missing(variable: str, message: str = "") -> Misconfigured:
    """The complaint about a variable."""
    text = message or f"{variable} is not set; set it, or {variable}_FILE to the path of a file holding it"
    return Misconfigured(text, code=SetupCode.ENVIRONMENT, field=variable)
