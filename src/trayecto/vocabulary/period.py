"""A half-open period of time, and the zones times are told in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class Period:
    """From *since* (included) to *until* (excluded); None leaves an end open. In UTC."""

    since: datetime | None = None
    until: datetime | None = None


ALWAYS = Period()


def is_zone(name: object) -> bool:
    """Tell whether *name* is a time zone of the IANA database.

    >>> is_zone("Europe/Madrid"), is_zone("Europe/Narnia")
    (True, False)
    """
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
