"""
The column mapping: which column is the time, the touchpoint, the person and the case.

It is a small YAML document that the program proposes from the data and a person may edit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Fields
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from trayecto.collect import documents
from trayecto.collect.consents import CONTACTS, PURPOSE, Consent
from trayecto.collect.formats import AUTO, as_typed, pattern
from trayecto.vocabulary.channel import CHANNELS
from trayecto.vocabulary.errors import Problem, TrayectoError, stop_if_any
from trayecto.vocabulary.period import is_zone
from trayecto.vocabulary.text import Text

IDENTIFIERS = ("user_id", "email", "phone", "external", "anonymous_id")
SCALES: dict[str, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}


@dataclass(frozen=True, slots=True)
class Score:
    """A survey answer: its column and its scale with both ends."""

    column: str
    scale: str
    low: float
    high: float

    @property
    def code(self) -> str:
        """Return the scale as it stands in the lake, e.g. `nps:0:10`."""
        return f"{self.scale}:{self.low:g}:{self.high:g}"


@dataclass(frozen=True, slots=True)
class Mapping:
    """
    Which column is what. *format* is `iso`, `epoch_s`, `epoch_ms` or a strptime pattern.

    A time or a name that is the same for the whole file is fixed; its column is then empty.
    """

    time: str
    name: str
    format: str = "iso"
    zone: str | None = None
    id: str | None = None
    case: str | None = None
    channel: str | None = None
    fixed_channel: str | None = None
    identifiers: Fields[str, str] = field(default_factory=dict)
    text: str | None = None
    score: Score | None = None
    value: str | None = None
    currency: str | None = None
    skip: tuple[str, ...] = ()
    time_with: tuple[str, ...] = ()
    """Columns that complete the time, after a space: the hour of a date."""
    fixed_time: str | None = None
    fixed_name: str | None = None
    name_else: tuple[str, ...] = ()
    """Columns that say what happened where *name* is empty, in this order."""
    future: bool = False
    """Whether times to come are meant: appointments, deadlines."""
    sent: str | None = None
    currency_column: str | None = None
    decimal: str | None = None
    """The mark before the cents: a comma or a point."""
    agent: str | None = None
    """The column that says which program visited: robots say so there."""
    consents: tuple[Consent, ...] = ()

    def columns(self) -> dict[str, str]:
        """Return every column the mapping names, by its field."""
        named = {
            "time.column": self.time or None,
            **{f"time.columns[{i}]": column for i, column in enumerate(self.time_with, 1)},
            "name": self.name or None,
            **{f"name.first_of[{i}]": column for i, column in enumerate(self.name_else, 1)},
            "id": self.id,
            "case": self.case,
            "channel.column": self.channel,
            "text": self.text,
            "score.column": self.score.column if self.score else None,
            "value.column": self.value,
            "value.currency": self.currency_column,
            "sent": self.sent,
            "agent": self.agent,
            **{f"consents[{i}].column": c.column for i, c in enumerate(self.consents, 1)},
            **{f"identifiers.{kind}": column for kind, column in self.identifiers.items()},
            **{f"skip[{i}]": column for i, column in enumerate(self.skip)},
        }
        return {place: column for place, column in named.items() if column is not None}


ROLES = (
    "time", "name", "channel", "user_id", "email", "phone", "anonymous_id", "external", "case",
    "text",
)  # fmt: skip
"""What a column can be, in the order a person is asked; a mapping’s document tells the rest."""
BESIDE = ("format", "fixed_time", "fixed_name", "fixed_channel")
"""What a person is asked beside the columns: how times are written, and what every row shares."""


def roles(mapping: Mapping) -> dict[str, str]:
    """Return the column of each role that has one, and what was said beside the columns."""
    held = {role: getattr(mapping, role, None) for role in ROLES} | dict(mapping.identifiers)
    held |= {role: getattr(mapping, role) for role in BESIDE}
    held["format"] = as_typed(mapping.format)
    return {role: str(column) for role, column in held.items() if column}


def of_roles(columns: Fields[str, str], *, file: str) -> Mapping:
    """Return the mapping in which columns have these roles; it needs a time and a name."""
    mapping = with_roles(Mapping(time="", name="", format=AUTO), columns)
    return read(write(mapping), file=file)


def with_roles(mapping: Mapping, columns: Fields[str, str]) -> Mapping:
    """Return a mapping with other columns in some roles; a role without one goes."""
    was = roles(mapping)
    given = {role: columns[role] for role in (*ROLES, *BESIDE) if role in columns}
    new = {role: column for role, column in given.items() if column != was.get(role, "")}
    kept = {kind: column for kind, column in mapping.identifiers.items() if kind not in new}
    for kind in IDENTIFIERS:
        if new.get(kind):
            kept[kind] = new[kind]
    changed = replace(mapping, identifiers=kept)
    if new.get("time"):
        changed = replace(changed, time=new["time"], time_with=(), fixed_time=None, format=AUTO)
    elif new.get("fixed_time"):
        changed = replace(changed, time="", time_with=(), fixed_time=new["fixed_time"])
    if "format" in new:
        changed = replace(changed, format=pattern(new["format"]))
    if new.get("name"):
        changed = replace(changed, name=new["name"], name_else=(), fixed_name=None)
    elif new.get("fixed_name"):
        changed = replace(changed, name="", name_else=(), fixed_name=new["fixed_name"])
    if new.get("channel"):
        changed = replace(changed, channel=new["channel"], fixed_channel=None)
    elif "channel" in new or "fixed_channel" in new:
        fixed = new.get("fixed_channel", changed.fixed_channel)
        changed = replace(changed, channel=None, fixed_channel=fixed or None)
    return replace(
        changed,
        case=new.get("case", changed.case) or None,
        text=new.get("text", changed.text) or None,
    )


def check(mapping: Mapping, columns: Sequence[str], *, file: str) -> None:
    """Raise when the mapping names columns the file has not; the nearest ones are offered."""

    def problem(place: str, column: str) -> Problem:
        near = get_close_matches(column, columns, n=1, cutoff=0.5)
        offered = near[0] if near else ", ".join(columns[:12])
        return Problem(
            Text(
                en=f"The file has no column “{column}”.",
                es=f"El fichero no tiene la columna «{column}».",
            ),
            Text(en=f"Did you mean: {offered}?", es=f"¿Querías decir: {offered}?"),
            file=file,
            field=place,
        )

    stop_if_any(
        problem(place, column)
        for place, column in mapping.columns().items()
        if column not in columns and not place.startswith("skip")
    )


def write(mapping: Mapping) -> str:
    """Return the mapping as a YAML document."""
    document: dict[str, Any] = {"mapping": 1, "time": _time_block(mapping)}
    document["name"] = mapping.name
    if mapping.fixed_name:
        document["name"] = {"fixed": mapping.fixed_name}
    elif mapping.name_else:
        document["name"] = {"first_of": [mapping.name, *mapping.name_else]}
    for place in ("sent", "id", "case", "text", "agent"):
        if getattr(mapping, place):
            document[place] = getattr(mapping, place)
    if mapping.channel:
        document["channel"] = {"column": mapping.channel}
    elif mapping.fixed_channel:
        document["channel"] = {"fixed": mapping.fixed_channel}
    if mapping.identifiers:
        document["identifiers"] = dict(mapping.identifiers)
    if mapping.score:
        score = mapping.score
        document["score"] = {
            "column": score.column, "scale": score.scale, "low": score.low, "high": score.high
        }  # fmt: skip
    if mapping.value:
        own = mapping.currency_column
        document["value"] = {
            "column": mapping.value, "currency": {"column": own} if own else mapping.currency
        }  # fmt: skip
        if mapping.decimal:
            document["value"]["decimal"] = mapping.decimal
    if mapping.consents:
        document["consents"] = [_consent_block(consent) for consent in mapping.consents]
    if mapping.skip:
        document["skip"] = list(mapping.skip)
    out = StringIO()
    yaml = YAML()
    yaml.dump(document, out)
    return out.getvalue()


def _time_block(mapping: Mapping) -> dict[str, Any]:
    if mapping.fixed_time:
        return {"fixed": mapping.fixed_time} | ({"zone": mapping.zone} if mapping.zone else {})
    block: dict[str, Any] = {"column": mapping.time}
    if mapping.time_with:
        block = {"columns": [mapping.time, *mapping.time_with]}
    block["format"] = mapping.format
    if mapping.zone:
        block["zone"] = mapping.zone
    if mapping.future:
        block["future"] = "keep"
    return block


def _consent_block(consent: Consent) -> dict[str, Any]:
    block: dict[str, Any] = {
        "column": consent.column, "contact": consent.contact, "channel": consent.channel,
        "purpose": consent.purpose,
    }  # fmt: skip
    return block | ({"yes": "refuses"} if consent.refuses else {})


def read(text: str, *, file: str) -> Mapping:
    """Return the mapping a document holds; all that is wrong in it is said at once."""
    raw = documents.load(text, file=file)
    return _Reader(file).mapping(raw)


_TIME_FIELDS = ("column", "columns", "fixed", "format", "zone", "future")


def _is_moment(written: str) -> bool:
    try:
        datetime.fromisoformat(written)
    except ValueError:
        return False
    return True


def _is_plain(value: Any) -> bool:
    """Tell whether a value can be the name of a column: 2024 can, yes and no cannot."""
    return value is not None and not isinstance(value, (bool, dict, list))


_COLUMNS = ("sent", "id", "case", "text", "agent")


class _Reader:
    """Turns the raw document into a mapping, collecting every problem on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def mapping(self, raw: Any) -> Mapping:
        if not isinstance(raw, dict):
            self.say(
                None, "mapping", "This is not a mapping document.", "No es una correspondencia."
            )
            raise TrayectoError(*self.problems)
        known = {"mapping", "time", "sent", "name", "id", "case", "channel", "identifiers", "text",
                 "score", "value", "agent", "consents", "skip"}  # fmt: skip
        for key in raw:
            if key not in known:
                near = get_close_matches(str(key), known, n=1) or [", ".join(sorted(known))]
                self.say(raw, key, f"Unknown field; did you mean {near[0]}?",
                         f"Campo desconocido; ¿querías decir {near[0]}?")  # fmt: skip
        name = raw.get("name")
        name = {"first_of": [name]} if _is_plain(name) else name
        named = self._block(raw | {"name": name}, "name", ("fixed", "first_of"))
        fixed_name = self._plain(named, "fixed", "name.fixed")
        names = self._columns(named, "first_of", "name.first_of")
        if not names and not fixed_name:
            self.say(raw, "name", "Must name the column of what happened (or be fixed).",
                     "Debe indicar la columna de lo que ocurrió (o ser fixed).")  # fmt: skip
        time = self._time(raw)
        channel = self._block(raw, "channel", ("column", "fixed"))
        fixed = self._plain(channel, "fixed", "channel.fixed")
        if fixed is not None and fixed not in CHANNELS:
            near = get_close_matches(fixed, CHANNELS, n=1) or [", ".join(CHANNELS)]
            self.say(channel, "fixed", f"Unknown channel; did you mean {near[0]}?",
                     f"Canal desconocido; ¿querías decir {near[0]}?")  # fmt: skip
        identified = self._block(raw, "identifiers", IDENTIFIERS)
        identifiers = {kind: self._plain(identified, kind, f"identifiers.{kind}")
                       for kind in identified}  # fmt: skip
        value = self._value(self._block(raw, "value", ("column", "currency", "decimal")))
        score = self._score(self._block(raw, "score", ("column", "scale", "low", "high")))
        consents = self._consents(raw)
        plain: dict[str, Any] = {key: self._plain(raw, key, key) for key in _COLUMNS}
        skip, column = self._columns(raw, "skip", "skip"), self._plain(channel, "column", "channel")
        stop_if_any(self.problems)
        return Mapping(
            name="" if fixed_name else names[0],
            name_else=() if fixed_name else names[1:],
            fixed_name=fixed_name,
            channel=column,
            fixed_channel=fixed,
            identifiers={kind: column for kind, column in identifiers.items() if column},
            consents=consents,
            score=score,
            skip=skip,
            **plain,
            **time,
            **value,
        )

    def _time(self, raw: dict[str, Any]) -> dict[str, Any]:
        time = self._block(raw, "time", _TIME_FIELDS)
        fixed = self._plain(time, "fixed", "time.fixed")
        one = self._plain(time, "column", "time.column")
        columns = self._columns(time, "columns", "time.columns") or ((one,) if one else ())
        if not (fixed or columns):
            self.say(raw, "time", "Must name the column of the time.",
                     "Debe indicar la columna de la hora.")  # fmt: skip
            return {}
        zone = self._plain(time, "zone", "time.zone")
        if zone is not None and not is_zone(zone):
            self.say(time, "zone", "Unknown time zone; e.g. Europe/Madrid.",
                     "Zona horaria desconocida; p. ej. Europe/Madrid.")  # fmt: skip
        if fixed and not _is_moment(fixed):
            self.say(time, "fixed", "Not a date; e.g. 2026-01-31.",
                     "No es una fecha; p. ej. 2026-01-31.", place="time.fixed")  # fmt: skip
        if time.get("future") not in (None, "keep", "aside"):
            self.say(time, "future", "Must be keep or aside.", "Debe ser keep o aside.",
                     place="time.future")  # fmt: skip
        return {
            "time": "" if fixed else columns[0],
            "time_with": () if fixed else columns[1:],
            "fixed_time": fixed,
            "format": self._plain(time, "format", "time.format") or "iso",
            "zone": zone,
            "future": time.get("future") == "keep",
        }

    def _value(self, block: dict[str, Any]) -> dict[str, Any]:
        currency, decimal = block.get("currency"), block.get("decimal")
        column = self._plain(block, "column", "value.column")
        if block and not column:
            self.say(block, "column", "Must name the column of the amounts.",
                     "Debe indicar la columna de los importes.", place="value.column")  # fmt: skip
        own = None
        if isinstance(currency, dict):
            own = self._plain(currency, "column", "value.currency.column")
        if currency is not None and not own and not re.fullmatch("[A-Z]{3}", str(currency)):
            self.say(block, "currency", "A currency is three capitals, e.g. EUR, or a column.",
                     "Una moneda son tres mayúsculas, p. ej. EUR, o una columna.",
                     place="value.currency")  # fmt: skip
        if decimal not in (None, ",", "."):
            self.say(block, "decimal", "Must be ',' or '.'.", "Debe ser ',' o '.'.",
                     place="value.decimal")  # fmt: skip
        return {
            "value": column,
            "currency": None if own else currency,
            "currency_column": own,
            "decimal": decimal,
        }

    def _block(self, raw: dict[str, Any], key: str, fields: Sequence[str]) -> dict[str, Any]:
        block = raw.get(key)
        if block is None:
            return {}
        if _is_plain(block) and "column" in fields:
            return {"column": block}
        if not isinstance(block, dict):
            self.say(raw, key, "Must have fields.", "Debe llevar campos.")
            return {}
        for name in block:
            if name not in fields:
                listed = ", ".join(fields)
                self.say(block, name, f"Unknown field; there are: {listed}.",
                         f"Campo desconocido; hay: {listed}.", place=f"{key}.{name}")  # fmt: skip
        return block

    def _plain(self, block: dict[str, Any], key: str, place: str) -> str | None:
        """Return the text of a field, as a column is called; None where it says nothing."""
        value = block.get(key)
        if value is None or value == "":
            return None
        if _is_plain(value):
            return str(value)
        self.say(block, key, "Must be one text, such as the name of a column.",
                 "Debe ser un solo texto, como el nombre de una columna.",
                 place=place)  # fmt: skip
        return None

    def _columns(self, block: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
        listed = block.get(key) or []
        if isinstance(listed, list) and all(_is_plain(column) for column in listed):
            return tuple(str(column) for column in listed)
        self.say(block, key, "Must be a list of columns.", "Debe ser una lista de columnas.",
                 place=place)  # fmt: skip
        return ()

    def _score(self, block: dict[str, Any]) -> Score | None:
        if not block:
            return None
        scale = str(block.get("scale", ""))
        low, high = block.get("low"), block.get("high")
        if low is None and high is None and scale in SCALES:
            low, high = SCALES[scale]
        ends = isinstance(low, (int, float)) and isinstance(high, (int, float)) and low < high
        column = self._plain(block, "column", "score.column")
        if not column or not re.fullmatch(r"[a-z_]+", scale) or not ends:
            self.say(block, "scale", "A score needs column, scale (nps, csat …), low and high.",
                     "Un índice necesita column, scale (nps, csat…), low y high.",
                     place="score")  # fmt: skip
            return None
        return Score(column, scale, float(low), float(high))  # type: ignore[arg-type]

    def _consents(self, raw: dict[str, Any]) -> tuple[Consent, ...]:
        listed = raw.get("consents") or []
        if not isinstance(listed, list) or not all(isinstance(b, dict) for b in listed):
            self.say(raw, "consents", "Must be a list, each with a column and a contact.",
                     "Debe ser una lista; cada uno con column y contact.")  # fmt: skip
            return ()
        return tuple(self._consent(block, place) for place, block in enumerate(listed, 1))

    def _consent(self, block: dict[str, Any], place: int) -> Consent:
        where = f"consents[{place}]"
        self._block({where: block}, where, ("column", "contact", "channel", "purpose", "yes"))
        column = self._plain(block, "column", f"{where}.column")
        contact = str(block.get("contact", "email"))
        channel = str(block.get("channel") or CONTACTS.get(contact, "unknown"))
        purpose, yes = str(block.get("purpose") or PURPOSE), str(block.get("yes", "gives"))
        known = ", ".join(CHANNELS)
        wrong = (
            (not column, "column", "Must name the column of the answers.",
             "Debe indicar la columna de las respuestas."),
            (contact not in CONTACTS, "contact", "Must be email or phone.",
             "Debe ser email o phone."),
            (channel not in CHANNELS, "channel", f"Unknown channel; there are: {known}.",
             f"Canal desconocido; hay: {known}."),
            (not re.fullmatch(r"\w[\w -]*", purpose), "purpose",
             "Must be a few words without punctuation.", "Deben ser pocas palabras, sin signos."),
            (yes not in ("gives", "refuses"), "yes", "Must be gives or refuses.",
             "Debe ser gives (la da) o refuses (la niega)."),
        )  # fmt: skip
        for is_wrong, key, en, es in wrong:
            if is_wrong:
                self.say(block, key, en, es, place=f"{where}.{key}")
        return Consent(column or "", contact, channel, purpose, yes == "refuses")

    def say(self, block: Any, key: str, en: str, es: str, *, place: str | None = None) -> None:
        try:
            line = block.lc.key(key)[0] + 1
        except (AttributeError, KeyError, TypeError):
            line = 1
        self.problems.append(
            Problem(Text(en=en, es=es), file=self.file, line=line, field=place or str(key))
        )
