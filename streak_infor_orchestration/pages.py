"""Pages for people, by templates: what is told in them is escaped, and what a template names is there."""

from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup


def page(template: Path, *, shown: Callable[[str], str] = str, **content: object) -> str:
    """The HTML of `template`, a file beside the module that fills it. Each text goes through `shown` first, then it is
    escaped; only what is `Markup` stays as it is. Raises jinja2's UndefinedError for what `content` lacks."""

    def told(value: object) -> object:
        return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True, finalize=told, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(template.read_text(encoding="utf-8")).render(content)
