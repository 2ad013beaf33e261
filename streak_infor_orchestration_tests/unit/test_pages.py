"""What a page tells is escaped, goes through what makes it visible, and is there."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from streak_infor_orchestration.domain.shown import visible
from streak_infor_orchestration.pages import page


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "page.html"
    file.write_text(
        "<h1 class='{{ kind }}'>{{ title }}</h1>\n{% for one in ones %}\n{{ one }}\n{% endfor %}\n"
    )
    return file


def test_what_is_told_is_text_and_never_markup(template: Path) -> None:
    told = page(template, kind="'><script>", title="Müller & <b>", ones=[1, Markup("<svg>")])
    assert told == "<h1 class='&#39;&gt;&lt;script&gt;'>Müller &amp; &lt;b&gt;</h1>\n1\n<svg>\n"


def test_what_would_be_obeyed_is_written_out_first(template: Path) -> None:
    told = page(template, shown=visible, kind="", title="\u202etxt\x1b[2K", ones=[Markup("\u200f")])
    assert told == "<h1 class=''>\\u202etxt\\u001b[2K</h1>\n\u200f\n"


def test_a_name_that_nobody_fills_is_an_error(template: Path) -> None:
    with pytest.raises(UndefinedError, match="title"):
        page(template, kind="", ones=[])
