"""How times are written, as people type it (dd/mm/yyyy hh:mm) and as the engine reads it."""

from __future__ import annotations

import re

AUTO = "auto"
"""A time's format that is to be found in the data."""
_TYPED = {
    "%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%H": "hh", "%I": "hh", "%M": "mm",
    "%S": "ss", "%p": "am", "%b": "mmm", "%a": "ddd",
}  # fmt: skip
_READ = {
    "dddd": "%A", "ddd": "%a", "dd": "%d", "d": "%d", "mmmm": "%B", "mmm": "%b", "mm": "%m",
    "m": "%m", "yyyy": "%Y", "aaaa": "%Y", "yy": "%y", "aa": "%y", "hh": "%H", "h": "%H",
    "ss": "%S", "s": "%S", "am": "%p", "pm": "%p",
}  # fmt: skip
_PART = re.compile(r"[^\W\d_]+")


def pattern(typed: str) -> str:
    """
    Return how the engine reads times written as typed; what is a pattern already stays.

    >>> pattern("dd/mm/aaaa hh:mm"), pattern("m.d.yy"), pattern("hh:mm:ss d mmm yyyy")
    ('%d/%m/%Y %H:%M', '%m.%d.%y', '%H:%M:%S %d %b %Y')
    >>> pattern("dd/mm/yyyy hh:mm am"), pattern("%d.%m.%Y"), pattern("epoch_s"), pattern("")
    ('%d/%m/%Y %I:%M %p', '%d.%m.%Y', 'epoch_s', 'auto')
    """
    typed = typed.strip()
    if not typed:
        return AUTO
    if "%" in typed or typed in (AUTO, "iso", "epoch_s", "epoch_ms"):
        return typed
    before = ""

    def read(found: re.Match[str]) -> str:
        nonlocal before
        word = found[0].lower()
        # After the hour, what looks like a month is the minutes.
        part = "%M" if word in ("mm", "m") and before in ("%H", "%M") else _READ.get(word, found[0])
        before = part
        return part

    told = _PART.sub(read, typed)
    return told.replace("%H", "%I") if "%p" in told else told


def as_typed(form: str) -> str:
    """
    Return a pattern as people type it; nothing where there is none.

    >>> as_typed("%d/%m/%Y %H:%M"), as_typed("iso")
    ('dd/mm/yyyy hh:mm', '')
    """
    if "%" not in form:
        return ""
    return re.sub("%[a-zA-Z]", lambda found: _TYPED.get(found[0], found[0]), form)
