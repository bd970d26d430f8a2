"""
The column mapping: which column is the time, the touchpoint, the person and the case.

It is a small YAML document that the program proposes from the data and a person may edit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Fields
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

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
    """Which column is what. *format* is `iso`, `epoch_s`, `epoch_ms` or a strptime pattern."""

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

    def columns(self) -> dict[str, str]:
        """Return every column the mapping names, by its field."""
        named = {
            "time.column": self.time,
            "name": self.name,
            "id": self.id,
            "case": self.case,
            "channel.column": self.channel,
            "text": self.text,
            "score.column": self.score.column if self.score else None,
            "value.column": self.value,
            **{f"identifiers.{kind}": column for kind, column in self.identifiers.items()},
            **{f"skip[{i}]": column for i, column in enumerate(self.skip)},
        }
        return {place: column for place, column in named.items() if column is not None}


# Names that columns go by in exports, folded (lower case, no accents, `_` between words),
# the likeliest first.
_KNOWN: dict[str, tuple[str, ...]] = {
    "time": (
        "time_timestamp", "timestamp", "occurred_at", "event_time", "datetime", "fecha_hora",
        "fechahora", "time", "date_time", "fecha", "date", "created_at", "updated_at",
        "sys_updated_at", "fecha_creacion", "hora", "invoicedate", "sent_at", "opened_at",
    ),
    "name": (
        "concept_name", "event", "event_name", "activity", "actividad", "evento", "touchpoint",
        "punto_de_contacto", "action", "accion", "handling", "incident_state", "estado", "status",
        "state", "type", "tipo", "name", "page",
    ),
    "case": (
        "case_concept_name", "case_id", "case", "caso", "id_caso", "session_id", "session",
        "sesion", "ticket_id", "ticket", "incidencia", "number", "order_id", "pedido", "invoiceno",
        "expediente",
    ),
    "channel": ("channel", "canal", "contact_type", "medium", "medio"),
    "text": ("text", "texto", "comment", "comentario", "message", "mensaje", "feedback", "body"),
    "id": ("event_id", "message_id", "messageid", "activity_instance_id", "id_evento", "uuid"),
    "user_id": (
        "user_id", "userid", "customer_id", "customerid", "client_id", "id_cliente", "cliente",
        "cliente_id", "id_usuario", "usuario", "user", "customer", "caller_id", "patient",
    ),
    "email": ("email", "e_mail", "mail", "correo", "correo_electronico", "email_address"),
    "phone": ("phone", "telefono", "tel", "movil", "phone_number", "mobile", "celular", "msisdn"),
    "external": ("external", "external_id", "crm_id", "loyalty_id", "tarjeta", "id_externo"),
    "anonymous_id": (
        "anonymous_id", "anonymousid", "cookie", "cookie_id", "device_id", "visitor_id",
    ),
    "nps": ("nps", "nps_score", "recomendacion"),
    "csat": ("csat", "satisfaction", "satisfaccion"),
    "ces": ("ces", "effort", "esfuerzo"),
    "value": ("value", "amount", "importe", "valor", "total", "price", "precio"),
}  # fmt: skip

TIME_FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%m-%d-%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M",
    "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%d.%m.%Y", "%Y%m%d %H:%M:%S", "%Y%m%d",
)  # fmt: skip


def fold(column: str) -> str:
    """Return a column name folded for comparison.

    >>> fold("Fecha/Hora"), fold("time:timestamp"), fold("Teléfono ")
    ('fecha_hora', 'time_timestamp', 'telefono')
    """
    plain = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def guess(columns: Sequence[str], role: str, *, taken: Sequence[str] = ()) -> list[str]:
    """Return the columns that may play *role*, the likeliest first."""
    folded = {fold(column): column for column in reversed(columns) if column not in taken}
    return [folded[known] for known in _KNOWN[role] if known in folded]


def missing(role: Text, example: str, columns: Sequence[str], file: str) -> Problem:
    """Say that no column plays a role nobody can do without."""
    listed = ", ".join(columns[:20]) + (" …" if len(columns) > 20 else "")
    return Problem(
        Text(
            en=f"No column looks like {role.en}. The file has: {listed}.",
            es=f"Ninguna columna parece {role.es}. El fichero tiene: {listed}.",
        ),
        Text(
            en=f"Write a mapping that says “{example}: COLUMN” and give it with --mapping.",
            es=f"Escribe una correspondencia con «{example}: COLUMNA» y dala con --mapping.",
        ),
        file=file,
        line=1,
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
    document: dict[str, Any] = {"mapping": 1, "time": {"column": mapping.time}}
    document["time"]["format"] = mapping.format
    if mapping.zone:
        document["time"]["zone"] = mapping.zone
    document["name"] = mapping.name
    for place in ("id", "case", "text"):
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
        document["value"] = {"column": mapping.value, "currency": mapping.currency}
    if mapping.skip:
        document["skip"] = list(mapping.skip)
    out = StringIO()
    yaml = YAML()
    yaml.dump(document, out)
    return out.getvalue()


def read(text: str, *, file: str) -> Mapping:
    """Return the mapping a document holds; all that is wrong in it is said at once."""
    try:
        raw = YAML().load(text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        raise TrayectoError(
            Problem(
                Text(en="This is not YAML.", es="Esto no es YAML."),
                Text(en="Check the indentation.", es="Revisa el sangrado."),
                file=file,
                line=mark.line + 1 if mark else None,
            )
        ) from error
    return _Reader(file).mapping(raw)


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
        known = {"mapping", "time", "name", "id", "case", "channel", "identifiers", "text", "score",
                 "value", "skip"}  # fmt: skip
        for key in raw:
            if key not in known:
                near = get_close_matches(str(key), known, n=1) or [", ".join(sorted(known))]
                self.say(raw, key, f"Unknown field; did you mean {near[0]}?",
                         f"Campo desconocido; ¿querías decir {near[0]}?")  # fmt: skip
        time = raw.get("time")
        time = {"column": time} if isinstance(time, str) else time
        if not isinstance(time, dict) or not time.get("column"):
            self.say(raw, "time", "Must name the column of the time.",
                     "Debe indicar la columna de la hora.")  # fmt: skip
            time = {}
        if not isinstance(raw.get("name"), str):
            self.say(raw, "name", "Must name the column of what happened.",
                     "Debe indicar la columna de lo que ocurrió.")  # fmt: skip
        zone = time.get("zone")
        if zone is not None and not is_zone(str(zone)):
            self.say(time, "zone", "Unknown time zone; e.g. Europe/Madrid.",
                     "Zona horaria desconocida; p. ej. Europe/Madrid.")  # fmt: skip
        channel = self._block(raw, "channel", ("column", "fixed"))
        fixed = channel.get("fixed")
        if fixed is not None and fixed not in CHANNELS:
            near = get_close_matches(str(fixed), CHANNELS, n=1) or [", ".join(CHANNELS)]
            self.say(channel, "fixed", f"Unknown channel; did you mean {near[0]}?",
                     f"Canal desconocido; ¿querías decir {near[0]}?")  # fmt: skip
        identifiers = self._block(raw, "identifiers", IDENTIFIERS)
        value = self._block(raw, "value", ("column", "currency"))
        score = self._score(self._block(raw, "score", ("column", "scale", "low", "high")))
        stop_if_any(self.problems)
        return Mapping(
            time=str(time["column"]),
            name=str(raw["name"]),
            format=str(time.get("format", "iso")),
            zone=str(zone) if zone else None,
            id=raw.get("id"),
            case=raw.get("case"),
            channel=channel.get("column"),
            fixed_channel=fixed,
            identifiers={kind: str(column) for kind, column in identifiers.items()},
            text=raw.get("text"),
            score=score,
            value=value.get("column"),
            currency=value.get("currency"),
            skip=tuple(str(column) for column in raw.get("skip") or ()),
        )

    def _block(self, raw: dict[str, Any], key: str, fields: Sequence[str]) -> dict[str, Any]:
        block = raw.get(key)
        if block is None:
            return {}
        if isinstance(block, str) and "column" in fields:
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

    def _score(self, block: dict[str, Any]) -> Score | None:
        if not block:
            return None
        scale = str(block.get("scale", ""))
        low, high = block.get("low"), block.get("high")
        if low is None and high is None and scale in SCALES:
            low, high = SCALES[scale]
        ends = isinstance(low, (int, float)) and isinstance(high, (int, float)) and low < high
        if not block.get("column") or not re.fullmatch(r"[a-z_]+", scale) or not ends:
            self.say(block, "scale", "A score needs column, scale (nps, csat …), low and high.",
                     "Un índice necesita column, scale (nps, csat…), low y high.",
                     place="score")  # fmt: skip
            return None
        return Score(str(block["column"]), scale, float(low), float(high))  # type: ignore[arg-type]

    def say(self, block: Any, key: str, en: str, es: str, *, place: str | None = None) -> None:
        try:
            line = block.lc.key(key)[0] + 1
        except (AttributeError, KeyError):
            line = 1
        self.problems.append(
            Problem(Text(en=en, es=es), file=self.file, line=line, field=place or str(key))
        )
