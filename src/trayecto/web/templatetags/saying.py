"""Words, figures and times in templates, in the language of whoever reads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join, linebreaks, urlize
from django.utils.safestring import mark_safe

from trayecto import care, drafting
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Language, Text, duration, number, percent
from trayecto.web.models import Comment
from trayecto.web.naming import named_in
from trayecto.web.words import phrase
from trayecto.web.words.method import TERMS

_MONTHS, _YEARS = 90, 731
"""From how many days on something was months ago, and years ago."""
_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')

_IDENTIFIERS = ("user_id", "email", "phone", "external", "anonymous_id")

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **values: Any) -> str:
    """Return the words of *key* (`area.name`), with *values* put in."""
    language = spoken(context)
    said = phrase(key).say(language)
    return said.format(**{k: _told(v, language) for k, v in values.items()}) if values else said


@register.simple_tag(takes_context=True)
def tell(context: Context, text: Text | dict[str, Any] | str | None) -> str:
    """Return a text of the data in the reader's language."""
    if isinstance(text, dict):
        # From the answers of our own program, where a text is plain values.
        return str(text.get("page", text).get(spoken(context), ""))
    return text.on_page().say(spoken(context)) if isinstance(text, Text) else text or ""


@register.simple_tag(takes_context=True)
def means(context: Context, places: str) -> str:
    """Return links to what some words mean, each by its place in the glossary."""
    language, glossary = spoken(context), reverse("method")
    links = format_html_join(
        ", ", '<a href="{}#{}">{}</a>',
        ((glossary, place, TERMS[place][0].say(language)) for place in places.split()),
    )  # fmt: skip
    head = phrase("method.means").say(language)
    return format_html('<p class="n means no-print">{} {}</p>', head, links)


@register.simple_tag(takes_context=True)
def identifier(context: Context, key: str) -> str:
    """Return an identifier with what kind it is, in words: `email:a@b.es` is “e-mail a@b.es”."""
    kind, colon, value = key.partition(":")
    if not colon or kind not in _IDENTIFIERS:
        return key
    return f"{phrase(f'people.kind_{kind}').say(spoken(context))} {value}"


@register.filter
def called(code: str, read: Callable[[str], str] | None) -> str:
    """Return what a node is called."""
    return read(code) if read else code


@register.filter
def as_said(comment: Comment) -> str:
    """Return a comment in paragraphs: whom it names stands out, and addresses are links."""
    text, parts, at = comment.text, [], 0
    for named in named_in(text, comment.mentions.all()):
        parts.append(urlize(text[at : named.start], nofollow=True, autoescape=True))
        parts.append(format_html('<b class="named">{}</b>', text[named.start : named.end]))
        at = named.end
    parts.append(urlize(text[at:], nofollow=True, autoescape=True))
    told = linebreaks("".join(parts), autoescape=False)
    return mark_safe(told)  # noqa: S308 - each part was escaped above


@register.filter
def in_fours(code: str) -> str:
    """Return a code in groups of four to read it by; who copies it copies no gaps."""
    groups = [(code[at : at + 4],) for at in range(0, len(code), 4)]
    return format_html_join("", "<span>{}</span>", groups)


@register.filter
def as_asked(field: BoundField, help: str = "") -> str:
    """Return a field tied to its help and its errors; its label says what would stand in it."""
    told = [f"{field.auto_id}_help"] if help else []
    told += [f"{field.auto_id}_error"] if field.errors else []
    return field.as_widget(
        attrs={"placeholder": False, "aria-describedby": " ".join(told) or False}
    )


@register.simple_tag
def options(named: Sequence[tuple[str, str]], chosen: str) -> str:
    """Return the options of a list, each a value and its words: a page may have hundreds."""
    return format_html_join(
        "", '<option value="{}"{}>{}</option>',
        ((value, _SELECTED if value == chosen else "", words) for value, words in named),
    )  # fmt: skip


_SELECTED = mark_safe(" selected")


@register.filter
def reason(code: str) -> Text:
    """Return why a row was kept aside, in words."""
    return care.reason_said(code)


@register.simple_tag(takes_context=True)
def channel(context: Context, code: str | None) -> str:
    """Return what a channel is called; one that is not ours keeps its own word."""
    return channel_name(code).say(spoken(context)) if code else ""


@register.simple_tag(takes_context=True)
def code_name(context: Context, field: str, code: str) -> str:
    """Return what a code of a map's field is called, such as `decision_maker` of `role`."""
    return drafting.code_said(field, code).say(spoken(context))


_THINGS = {
    "stages": "stage", "touchpoints": "touchpoint", "steps": "step", "support": "support",
    "opportunities": "opportunity", "back_stage": "back_stage", "personas": "persona",
    "arrows": "arrow", "lanes": "lane", "maps": "map_link",
}  # fmt: skip


@register.filter
def thing_name(list_: str) -> Text:
    """Return what a list of a map holds, as something to add."""
    return phrase(f"maps.{_THINGS[list_]}")


_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_CALLED = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")


@register.filter
def browser_of(user_agent: str) -> str:
    """Return a browser as a person would name it; what is none of the usual, as it came."""
    browser = next((name for name in _BROWSERS if f"{name}/" in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    if not browser:
        return user_agent[:80]
    return " · ".join(filter(None, (_CALLED.get(browser, browser), system)))


@register.simple_tag
def in_language(value: Any, language: str) -> str:
    """Return what a field of a map says in one language; one text for both says it twice."""
    if isinstance(value, dict):
        return str(value.get(language, ""))
    return "" if value is None else str(value)


@register.filter
def lines(value: Any) -> str:
    """Return a list of names one a line."""
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


@register.filter
def as_written(value: Any) -> str:
    """Return a value as the map's text would write it."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if value != [] else ""


@register.simple_tag(takes_context=True)
def written(context: Context, field: Any) -> str:
    """Return what a field of a map holds, in words where it has words."""
    language, value = spoken(context), field.value
    named = {choice.value: choice.name for choice in field.choices}
    if field.input == "text":
        return in_language(value, language)
    if field.input == "yes_no":
        return phrase("maps.yes").say(language)
    if field.input in ("level", "number"):
        return number(value, language, decimals=0 if float(value).is_integer() else 1)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    if isinstance(value, str | int | float):
        return named[str(value)].say(language) if str(value) in named else str(value)
    return as_written(value)


@register.filter
def unlocal(value: Any) -> str:
    """Return a number as a machine reads it."""
    return "" if value is None else str(value)


@register.simple_tag(takes_context=True)
def figure(context: Context, value: float | None, kind: str = "number", decimals: int = 0) -> str:
    """
    Return a number as the reader writes it: a share (`percent`), seconds (`duration`), or what was
    felt (`level`) on the scale of the map, from −2 to +2.
    """
    language = spoken(context)
    if kind == "level":
        sign = "+" if value is not None and value * 2 >= 0.05 else ""
        return sign + number(None if value is None else value * 2, language, decimals=1)
    if kind == "percent":
        return percent(value, language, decimals=decimals)
    if kind == "duration":
        return duration(value, language)
    return number(value, language, decimals=decimals)


@register.simple_tag(takes_context=True)
def when(context: Context, moment: datetime | date | None, hours: bool = True) -> str:
    """Return a moment in the reader's time zone: `22 nov 2026, 14:05`."""
    if moment is None:
        return "—"
    months = phrase("frame.months").say(spoken(context)).split()
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
    day = f"{moment.day}\u00a0{months[moment.month - 1]}\u00a0{moment.year}"
    return f"{day}, {moment:%H:%M}" if hours and isinstance(moment, datetime) else day


@register.simple_tag(takes_context=True)
def days_since(context: Context, moment: datetime | None, now: datetime) -> str:
    """Return how long ago something was, as people say it: in days, then months, then years."""
    if moment is None:
        return "—"
    days = (timezone.localtime(now).date() - timezone.localtime(moment).date()).days
    key = {0: "sources.today", 1: "sources.yesterday"}.get(max(0, days), "sources.days_ago")
    if days >= _YEARS:
        key, days = "sources.years_ago", days * 4 // 1461
    elif days >= _MONTHS:
        key, days = "sources.months_ago", days * 48 // 1461
    language = spoken(context)
    return phrase(key).say(language).format(n=number(days, language))


@register.filter
def shape(picture: str) -> str:
    """Return whether a picture is higher than wide: which way its paper lies when printed."""
    box = _BOX.search(picture)
    return "tall" if box and float(box[2]) > float(box[1]) else "flat"


@register.filter
def less(one: int, other: int) -> int:
    """Return one number less another."""
    return one - other


def spoken(context: Context) -> Language:
    """Return the language of the page."""
    return "en" if context.get("language") == "en" else "es"


def _told(value: Any, language: Language) -> str:
    if isinstance(value, Text):
        return value.say(language)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value, language)
    return str(value)
