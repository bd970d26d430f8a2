"""
Rules over customers: what is known of each, and who meets a rule.

A property is the newest value that somebody's interactions tell (`properties`), or one of a few
computed from what they did. Only the properties that rules name are read, and only from the rows
that hold them; by case, a property is what the case's own interactions tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from trayecto.journeys.habits import KINDS, Habits
from trayecto.journeys.properties import holding
from trayecto.lake.duck import Session
from trayecto.lake.sql import hash64, literal, one_of, pointer
from trayecto.lake.sql import name as quoted
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.rule import SAID, Rule, RuleTest, value_of
from trayecto.vocabulary.text import Text, WayOut

COMPUTED: dict[str, Text] = {
    "interactions": Text(en="how many interactions", es="cuántas interacciones"),
    "first_seen": Text(en="the day of the first one", es="el día de la primera"),
    "last_seen": Text(en="the day of the last one", es="el día de la última"),
    "days_known": Text(
        en="days from the first to the last one", es="días de la primera a la última"
    ),
    "days_silent": Text(
        en="days from their last one to the last of anybody",
        es="días desde su última hasta la última de cualquiera",
    ),
    "channel": Text(
        en="the channel of most of them; of equals, the first in the alphabet",
        es="el canal de la mayoría; si empatan, el primero por orden alfabético",
    ),
    "channels": Text(
        en="the channels used: is any of; a number counts them",
        es="los canales usados: es alguno de; un número los cuenta",
    ),
    "sources": Text(
        en="the sources they are in: is any of; a number counts them",
        es="los orígenes en que están: es alguno de; un número los cuenta",
    ),
    "nps": Text(en="their last answer to NPS", es="su última respuesta de NPS"),
    "csat": Text(en="their last answer to CSAT", es="su última respuesta de CSAT"),
    "ces": Text(en="their last answer to CES", es="su última respuesta de CES"),
}
"""What is computed of everybody, with its meaning."""

_LISTS = ("channels", "sources")
_SCALES = ("nps", "csat", "ces")
_WORDS = ("channel",)
_MOST_PROPERTIES = 200
_OWN = """join people p on p.signature = i.signature and p.person is not null
  and (p.since is null or i.occurred_at >= p.since)
  and (p.until is null or i.occurred_at < p.until)"""


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up of everybody: a table with a row a subject and a column a property."""

    table: str
    columns: dict[str, str]
    missing: tuple[str, ...]
    """Properties that nobody has."""

    def where(self, rule: Rule) -> str:
        """Give the condition a row meets when every test of *rule* holds."""
        return " and ".join([f"({self._test(test)})" for test in rule]) or "true"

    def _test(self, test: RuleTest) -> str:
        column, kind = self.columns[test.property], _kind(test.property)
        parts = []
        if test.is_:
            parts.append(_is_one_of(column, kind, test.is_))
        amount = {"list": f"len({column})", "number": column}.get(kind) or _amount(column)
        if test.at_least is not None:
            parts.append(f"{amount} >= {literal(test.at_least)}")
        if test.at_most is not None:
            parts.append(f"{amount} <= {literal(test.at_most)}")
        return f"coalesce({' and '.join(parts)}, false)" if parts else f"{column} is not null"


def _kind(name: str) -> str:
    if name not in COMPUTED or name in _WORDS:
        return "words"
    return "list" if name in _LISTS else "number"


def _is_one_of(column: str, kind: str, values: Iterable[str]) -> str:
    if kind == "number":
        amounts = [amount for amount in map(value_of, values) if amount is not None]
        return f"{column} in ({', '.join(map(repr, amounts)) or 'null'})"
    folded = [value.strip().lower() for value in values]
    if kind == "list":
        return f"list_has_any({column}, [{', '.join(map(literal, folded))}])"
    return f"lower(trim({column})) in {one_of(folded)}"


def _amount(column: str) -> str:
    """Give the number a text is, or the day it is, written as a number."""
    number = f"try_cast({column} as double)"
    day = f"cast(strftime(try_cast({column} as timestamp), '%Y%m%d') as double)"
    return f"case when isfinite({number}) then {number} else {day} end"


def chosen_people(
    session: Session,
    per: str,
    rule: Rule,
    *,
    zone: str = "UTC",
    called: str = "customer",
    as_lived: bool = False,
) -> str:
    """Give the subjects who meet a rule; a property that nobody has is refused."""
    known = know(session, per, (rule,), zone=zone, called=called, as_lived=as_lived)
    if known.missing:
        said = property_names(session)
        stop_if_nobody_has({name: unknown_property(name, said) for name in known.missing})
    return f"select subject from {known.table} where {known.where(rule)}"


def stop_if_nobody_has(unknown: Mapping[str, Problem]) -> None:
    """Refuse properties that nobody has, all at once."""
    if unknown:
        raise PropertyUnknown(*unknown.values())


class PropertyUnknown(TrayectoError):
    """A rule names properties that nobody has."""


def unknown_property(name: str, said: Sequence[str]) -> Problem:
    """Return what to say of a property nobody has, with the nearest that somebody has."""
    lower = {word.lower(): word for word in (*said, *COMPUTED)}
    near = [lower[word] for word in get_close_matches(name.lower(), lower, n=3, cutoff=0.5)]
    shown = ", ".join(near)
    asks = Text(en=f"Did you mean: {shown}?", es=f"¿Querías decir: {shown}?")
    return Problem(
        Text(
            en=f"No customer has the property “{name}”.",
            es=f"Ningún cliente tiene la propiedad «{name}».",
        ),
        asks if near else _LOOK,
    )


_LOOK = WayOut(
    en="“trayecto segments --properties” lists what there is.",
    es="«trayecto segments --properties» lista las que hay.",
    page=Text(
        en="The page of segments offers what there is.",
        es="La página de segmentos ofrece las que hay.",
    ),
)


def know(
    session: Session,
    per: str,
    rules: Iterable[Rule],
    *,
    zone: str = "UTC",
    called: str = "customer",
    as_lived: bool = False,
) -> Known:
    """
    Return what the rules ask of everybody, looked up in one go.

    *as_lived*: the steps say whose each fact is, as they do where a property names the case.
    """
    names = sorted({test.property for rule in rules for test in rule})
    columns = {name: f"p{place}" for place, name in enumerate(names)}
    said = {name: column for name, column in columns.items() if name not in COMPUTED}
    parts = [f"(select subject, len(path) as n, first_at, last_at from paths "
             f"where per = {literal(per)}) b"]  # fmt: skip
    shown = [f"{column}" for column in said.values()]
    if said:
        parts.append(f"left join ({_told(per, said, as_lived=as_lived)}) t using (subject)")
    walked = [name for name in names if name in (*_WORDS, *_LISTS)]
    if walked:
        parts.append(f"left join ({_habits(session, per, walked)}) h using (subject)")
    scales = [name for name in names if name in _SCALES]
    if scales:
        parts.append(f"left join ({_answers(per, scales)}) a using (subject)")
    shown += [f"{_computed(name, zone)} as {columns[name]}" for name in names if name in COMPUTED]
    session.run(
        "what is known of them",
        f"create or replace temp table {called} as "
        f"select {', '.join(['subject', *shown])} from {' '.join(parts)}",
    )
    counted = ", ".join(["count(*)", *(f"count({columns[name]})" for name in names)])
    everybody, *has = session.one("who has what", f"select {counted} from {called}")
    missing = (name for name, n in zip(names, has, strict=True) if everybody and not n)
    return Known(called, columns, tuple(missing))


def _computed(name: str, zone: str) -> str:
    end = "(select max(last_at) from paths)"
    if name in ("first_seen", "last_seen"):
        moment = f"timezone({literal(zone)}, b.{name.partition('_')[0]}_at)"
        return f"cast(strftime({moment}, '%Y%m%d') as double)"
    return {
        "interactions": "b.n",
        "days_known": "(epoch_us(b.last_at) - epoch_us(b.first_at)) / 86400e6",
        "days_silent": f"(epoch_us({end}) - epoch_us(b.last_at)) / 86400e6",
    }.get(name) or (f"a.{name}" if name in _SCALES else f"h.{name}")


def _told(per: str, said: dict[str, str], *, as_lived: bool) -> str:
    """Give the newest value of each property that interactions tell."""
    names = [name.removeprefix(SAID) for name in said]
    # All in one call, so that each row is read as JSON once.
    pointers = ", ".join(literal(pointer(name)) for name in names)
    values = f"json_extract_string(i.properties, [{pointers}]) as v"
    whose, join, of = "p.person", _OWN, "true"
    if as_lived:
        whose, join = "s.subject", "join steps s on s.interaction = i.id"
    elif per == "case":
        whose = hash64("concat_ws(chr(31), i.source, i.case_id)")
        join, of = "", "i.case_id is not null"
    # Of two at the same moment the one that arrived last, as steps are ordered.
    order = (
        "cast(epoch_us(i.occurred_at) as hugeint) * 4722366482869645213696 "
        "+ i.batch * 1099511627776 + i.row"
    )
    newest = ", ".join(
        f"arg_max(nullif(trim(v[{n}]), ''), nth) as {column}"
        for n, column in enumerate(said.values(), 1)
    )
    # A plain search for the name leaves most rows unread as JSON.
    holds = " or ".join(holding(name, "interactions") for name in names)
    return (
        f"select subject, {newest} from (select {whose} as subject, {order} as nth, {values} "
        f"from (select * from interactions where {holds}) i {join} where {of}) group by subject"
    )


def _habits(session: Session, per: str, names: Sequence[str]) -> str:
    """Give the channels and sources of everybody's steps."""
    asked = {name.removesuffix("s") for name in names}
    habits = [Habits.of(session, kind) for kind in KINDS if kind in asked]
    told = {one.kind: one.most for one in habits} | {f"{one.kind}s": one.used for one in habits}
    shown = ", ".join(f"{told[name]} as {name}" for name in names)
    return f"""select subject, {shown} from (
        select subject, {", ".join(one.counts for one in habits)} from steps
        where per = {literal(per)} group by subject)"""


def _answers(per: str, scales: Sequence[str]) -> str:
    """Give everybody's last answer on each scale."""
    newest = ", ".join(
        f"arg_max(score, position) filter (split_part(scale, ':', 1) = '{scale}') as {scale}"
        for scale in scales
    )
    return (
        f"select subject, {newest} from steps where per = {literal(per)} and score is not null "
        "group by subject"
    )


def property_names(session: Session) -> list[str]:
    """Return the names of all properties that interactions tell, the commonest first."""
    rows = session.ask(
        "names of properties",
        f"""select word, count(*) from (
              select unnest(json_keys(properties)) as word from interactions
              where properties is not null)
            group by word order by 2 desc, 1 limit {_MOST_PROPERTIES}""",
    )
    return [word for word, _ in rows]


@dataclass(frozen=True, slots=True)
class Property:
    """
    One property that rules may name: how many have it, and the values most of them share.

    *computed* tells whether we work it out; *least* and *most* are given where it is a number.
    """

    name: str
    computed: bool
    meaning: Text
    people: int
    values: tuple[tuple[str, int], ...]
    least: float | None
    most: float | None

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        plain = asdict(self)
        plain["values"] = [{"value": value, "people": n} for value, n in self.values]
        return plain


def properties(session: Session, *, per: str = "person", zone: str = "UTC") -> tuple[Property, ...]:
    """
    Return everything a rule may name, the computed ones first.

    A value that only one has is not listed: it may be somebody's name.
    """
    said = [SAID + word if word in COMPUTED else word for word in property_names(session)]
    known = know(session, per, (tuple(RuleTest(n) for n in (*COMPUTED, *said)),), zone=zone)
    names = sorted(known.columns, key=[*COMPUTED, *said].index)
    return tuple(_property(session, known, name) for name in names if name not in known.missing)


def _property(session: Session, known: Known, name: str) -> Property:
    column, kind = known.columns[name], _kind(name)
    amount = {"list": f"len({column})", "number": column}.get(kind) or _amount(column)
    people, numbers, least, most = session.one(
        "who has it",
        f"select count({column}), count({amount}), min({amount}), max({amount}) from {known.table}",
    )
    word = f"unnest({column})" if kind == "list" else quoted(column)
    values = [] if kind == "number" else session.ask(
        "commonest values",
        f"""select word, count(*) from (select {word} as word from {known.table})
            where word is not null group by word having count(*) > 1
            order by 2 desc, 1 limit 5""",
    )  # fmt: skip
    spread = (least, most) if numbers == people else (None, None)
    return Property(
        name, name in COMPUTED, COMPUTED.get(name, Text(en="", es="")), people,
        tuple((str(value), count) for value, count in values), *spread,
    )  # fmt: skip
