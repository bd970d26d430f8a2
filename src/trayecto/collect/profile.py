"""What the values of each column look like, whatever the column is called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from trayecto.collect.columns import fold
from trayecto.lake.duck import Session
from trayecto.lake.sql import name
from trayecto.vocabulary.channel import CHANNELS

# Beyond this a column is looked at by its name alone: nobody maps the two hundredth by chance.
_MOST = 200
_SHOWN = 200
_MAIL = "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$"
_NUMBER = "^[-+]?[0-9]+([.,][0-9]+)?$"

# How people write our channels in exports, folded; the codes and names of both languages too.
_CHANNEL_WORDS = frozenset(
    {fold(word) for code, said in CHANNELS.items() for word in (code, said.en, said.es)}
    | {
        "mail", "correo", "e_mail", "telefono", "llamada", "call", "call_center", "callcenter",
        "tel", "phone", "cellular", "telephone", "movil", "mobile", "online", "site", "sitio_web",
        "website", "desktop", "browser", "shop", "tienda", "oficina", "sucursal", "branch",
        "kiosk", "cajero", "atm", "twitter", "facebook", "instagram", "linkedin", "x", "tiktok",
        "chatbot", "bot", "live_chat", "wa", "carta", "letter", "presencial", "in_person",
        "self_service", "direct", "organic", "paid_search", "ads", "display", "push", "ivr",
    }
)  # fmt: skip
_UNKNOWN = frozenset(
    {fold(word) for word in ("unknown", CHANNELS["unknown"].en, CHANNELS["unknown"].es)}
    | {"desconocido", "desconocida", "n_a", "na", "none", "null", "undefined", "not_set"}
)
"""How exports say that they do not know."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the sampled values of one column look like, as shares of those that are filled."""

    column: str
    type: str
    filled: int
    distinct: int
    mails: float
    numbers: float
    low: float | None
    high: float | None
    length: float
    spaced: float
    """How many have several words."""
    values: tuple[str, ...]
    """Some distinct values, in order."""

    @property
    def unique(self) -> float:
        """How nearly each value is another one."""
        return self.distinct / self.filled if self.filled else 0.0

    @property
    def is_text(self) -> bool:
        """Whether the file says that these are texts."""
        return self.type == "VARCHAR"

    def channels(self) -> float:
        """Return the share of distinct values that name a channel, of those that are known."""
        said = [value for value in map(fold, self.values) if value not in _UNKNOWN]
        return sum(value in _CHANNEL_WORDS for value in said) / len(said) if said else 0.0

    @property
    def is_unknown(self) -> bool:
        """Whether all that it says is that nothing is known."""
        return bool(self.values) and all(fold(value) in _UNKNOWN for value in self.values)

    def phones(self, region: str | None) -> float:
        """Return the share of distinct values that are phone numbers which may exist."""
        known = sum(_is_phone(value, region) for value in self.values)
        return known / len(self.values) if self.values else 0.0


def look(session: Session, columns: Sequence[tuple[str, str]]) -> dict[str, Seen]:
    """Return what the columns of the table `sample` look like."""
    seen: dict[str, Seen] = {}
    for column, kind in columns[:_MOST]:
        text = f"nullif(trim(cast({name(column)} as varchar)), '')"
        number = f"try_cast(replace(x, ',', '.') as double) filter (regexp_matches(x, '{_NUMBER}'))"
        row = session.one(
            "values of a column",
            f"""select count(x), count(distinct x), count(*) filter (regexp_matches(x, '{_MAIL}')),
                  count(*) filter (regexp_matches(x, '{_NUMBER}')),
                  min({number.partition(" filter")[0]}) filter{number.partition(" filter")[2]},
                  max({number.partition(" filter")[0]}) filter{number.partition(" filter")[2]},
                  coalesce(avg(length(x)), 0), count(*) filter (contains(x, ' ')),
                  coalesce(list_sort(list(distinct x))[:{_SHOWN}], [])
                from (select {text} as x from sample)""",
        )
        filled, distinct, mails, numbers, low, high, length, spaced, values = row
        n = max(filled, 1)
        seen[column] = Seen(
            column, kind, filled, distinct, mails / n, numbers / n, low, high, length, spaced / n,
            tuple(value for value in values if value),
        )  # fmt: skip
    return seen


@lru_cache(4096)
def _is_phone(value: str, region: str | None) -> bool:
    if len(re.sub(r"\D", "", value)) < 8 or re.search(r"[^\W\d]", value):
        return False
    try:
        parsed = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        # Without a region only the international spelling can be judged; the rest may be one.
        return region is None and bool(re.fullmatch(r"[\d ().-]{8,18}", value))
    return phonenumbers.is_possible_number(parsed)
