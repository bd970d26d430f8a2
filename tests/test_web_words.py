"""Words and templates hold together: what a page asks for is there, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

from django.template import Context

from trayecto.web.templatetags.saying import figure
from trayecto.web.words import AREAS

WEB = Path(__file__).parents[1] / "src" / "trayecto" / "web"


def asked_for() -> set[str]:
    """Return every `area.key` that a template or a page asks for."""
    templates = "".join(file.read_text("utf-8") for file in WEB.rglob("*.html"))
    code = "".join(
        file.read_text("utf-8") for file in WEB.rglob("*.py") if file.parent.name != "words"
    )
    found = set(re.findall(r"""say ["']([a-z_0-9]+\.[a-z_0-9]+)["']""", templates))
    return found | set(re.findall(r"""phrase\(\s*f?["']([a-z_0-9]+\.[a-z_0-9{}]+)["']""", code))


def there() -> set[str]:
    return {f"{area}.{key}" for area, words in AREAS.items() for key in words}


def test_every_word_a_page_asks_for_is_there() -> None:
    assert {key for key in asked_for() if "{" not in key and not key.endswith("_")} <= there()


def test_every_word_is_said_in_both_languages_with_the_same_places() -> None:
    for area, words in AREAS.items():
        for key, text in words.items():
            assert text.en.strip(), f"{area}.{key}"
            assert text.es.strip(), f"{area}.{key}"
            assert sorted(re.findall(r"{\w+}", text.en)) == sorted(re.findall(r"{\w+}", text.es)), (
                f"{area}.{key}"
            )


def test_what_was_felt_is_told_on_the_scale_of_the_map() -> None:
    told = [figure(Context({"language": "es"}), level, "level") for level in (0.4, -1, 0, None)]
    assert told == ["+0,8", "−2,0", "0,0", "—"]
