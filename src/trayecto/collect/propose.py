"""
Propose a column mapping by the names of the columns and, more, by what is in them.

A name opens the door and the values decide: a column called `email` without a single @ is none,
and a column of addresses is one whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from trayecto.collect import consents, moments
from trayecto.collect.arrivals import Arrivals, refuse
from trayecto.collect.columns import fold, guess, missing, unreadable
from trayecto.collect.formats import AUTO
from trayecto.collect.mapping import SCALES, Mapping, Score
from trayecto.collect.money import SYMBOLS
from trayecto.collect.profile import Seen, look
from trayecto.lake.duck import Session
from trayecto.lake.sql import name as quoted
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text, WayOut

_SAMPLE = 20_000
# A column called a time is one though half its values are broken; any other must nearly always.
# Where no other will do, one readable value is enough: the broken rows are kept aside and said.
_NAMED, _UNNAMED, _ANY = 0.5, 0.9, 1e-9
_TIME = Text(en="a time", es="una fecha u hora")
_NAME = Text(en="what happened (the touchpoint)", es="lo que ocurrió (el punto de contacto)")

_NO_ROWS = Text(
    en="The file has a header and no rows.", es="El fichero tiene cabecera y no tiene filas."
)


class NotProposed(TrayectoError):
    """Time or touchpoint cannot be found; *mapping* is what was found beside them."""

    def __init__(self, *problems: Problem, mapping: Mapping) -> None:
        self.mapping = mapping
        super().__init__(*problems)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with what a person should know before trusting it."""

    mapping: Mapping
    notes: tuple[Text, ...] = ()


def propose(session: Session, arrivals: Arrivals, *, region: str | None = None) -> Proposal:
    """Return the likeliest mapping; raise, naming both, when time or touchpoint cannot be found."""
    session.run(
        "sample of the file",
        f"create or replace temp table sample as select * from ({arrivals.sql}) limit {_SAMPLE}",
    )
    return _Search(session, arrivals, region).proposal()


def settled(
    session: Session, arrivals: Arrivals, given: Mapping, *, region: str | None = None
) -> Proposal:
    """Return a mapping as given; its time read as the data writes it where it says `auto`."""
    if given.format != AUTO or given.fixed_time:
        return Proposal(given, arrivals.notes)
    session.run(
        "sample of the file",
        f"create or replace temp table sample as select * from ({arrivals.sql}) limit {_SAMPLE}",
    )
    return _Search(session, arrivals, region).settled(given)


class _Search:
    """Gives every role a column, once; a column plays one role."""

    def __init__(self, session: Session, arrivals: Arrivals, region: str | None) -> None:
        self._session, self._arrivals, self._region = session, arrivals, region
        self._columns = [column for column, _ in arrivals.columns]
        self._seen = look(session, arrivals.columns)
        (self._rows,) = session.one("rows of the sample", "select count(*) from sample")
        self._taken: list[str] = []
        self._notes = list(arrivals.notes)

    def proposal(self) -> Proposal:
        if not self._columns:
            raise refuse(
                self._arrivals.file,
                Text(en="The file holds no rows.", es="El fichero no tiene filas."),
            )
        if not self._rows:
            self._notes.append(_NO_ROWS)
        time, (named, *others) = self._time(), self._names()
        lacking = () if time and named else tuple(self._lacking(time, named))
        if not time:
            called = next((seen.column for seen in self._named("time")), "")
            time = Mapping(time=self._take(called) or "", name="", format=AUTO)
        # The roles that only one kind of value can play choose first.
        email = self._email()
        phone = self._phone()
        mapping = replace(
            time,
            name=named,
            name_else=tuple(others),
            sent=self._sent(time.format),
            id=self._id(),
            identifiers={
                kind: column
                for kind, column in (
                    ("user_id", self._by_name("user_id")), ("email", email), ("phone", phone),
                    ("external", self._by_name("external")),
                    ("anonymous_id", self._by_name("anonymous_id")),
                )
                if column
            },
            case=self._by_name("case"),
            channel=self._channel(),
            agent=self._by_name("agent"),
            score=self._score(),
        )  # fmt: skip
        mapping = self._with_money(mapping)
        stated = consents.proposed(self._free(), mapping.identifiers)
        for consent in stated:
            self._take(consent.column)
        mapping = replace(mapping, consents=stated, text=self._text())
        if lacking:
            raise NotProposed(*lacking, mapping=mapping)
        return Proposal(mapping, tuple(self._notes))

    def settled(self, given: Mapping) -> Proposal:
        seen = self._seen[given.time]
        found = self._written(seen, _ANY)
        if found is None:
            first = seen.values[0] if seen.values else ""
            raise TrayectoError(unreadable(seen.column, first, str(self._arrivals.file)))
        self._taken += [column for column in given.columns().values() if column != given.time]
        time = self._with_hour(seen, found)
        settled = replace(given, format=time.format, time_with=time.time_with)
        return Proposal(settled, tuple(self._notes))

    def _lacking(self, time: Mapping | None, name: str) -> Iterator[Problem]:
        file = str(self._arrivals.file)
        if not self._rows:
            yield Problem(_NO_ROWS, file=file, line=1)
            return
        called = next(iter(self._named("time")), None)
        if not time and called and called.values:
            yield unreadable(called.column, called.values[0], file)
        elif not time:
            yield missing(_TIME, "time", self._columns, file)
        if not name:
            yield missing(_NAME, "name", self._columns, file)

    def _say(self, en: str, es: str, *, page: Text | None = None) -> None:
        self._notes.append(WayOut(en=en, es=es, page=page) if page else Text(en=en, es=es))

    def _take(self, column: str | None) -> str | None:
        if column:
            self._taken.append(column)
        return column

    def _free(self) -> list[Seen]:
        return [seen for column, seen in self._seen.items() if column not in self._taken]

    def _named(self, role: str) -> list[Seen]:
        """Return the free columns of that name, those with values first among equals."""
        found = guess(self._columns, role, taken=self._taken)
        listed = [self._seen[column] for column in found if column in self._seen]
        if not self._rows:
            return listed
        most = max((s.filled for s in listed), default=0)
        # Of `user_id` and `userId`, the one that half of the rows fill and not a few.
        return sorted((s for s in listed if s.filled), key=lambda s: 2 * s.filled < most)

    def _by_name(self, role: str) -> str | None:
        found = self._named(role)
        return self._take(found[0].column if found else None)

    def _time(self) -> Mapping | None:
        for seen in [s for s in self._named("time") if s.column in self._seen]:
            if found := self._written(seen, _NAMED):
                return self._with_hour(seen, found)
        for seen in self._free():
            typed = seen.type.startswith(("TIMESTAMP", "DATE"))
            if (typed or (seen.is_text and seen.numbers < 1)) and (
                found := self._written(seen, _UNNAMED)
            ):
                return self._with_hour(seen, found)
        for seen in self._named("time"):
            if found := self._written(seen, _ANY):
                self._say_misread(seen, moments.in_words(found.format))
                return self._with_hour(seen, found)
        return None

    def _say_misread(self, seen: Seen, how: Text) -> None:
        en = (
            f"Most values of “{seen.column}”, read as {how.en}, are no possible times; those rows "
            "are kept aside. If they are written in another way, say it "
        )
        es = (
            f"La mayoría de los valores de «{seen.column}», leídos como {how.es}, no son horas "
            "posibles; esas filas se apartan. Si están escritos de otra manera, dilo "
        )
        self._say(
            f"{en}in the mapping (time.format) and try again with “trayecto rejects --replay”.",
            f"{es}en la correspondencia (time.format) y repite con «trayecto rejects --replay».",
            page=Text(
                en=f"{en}below and preview again.",
                es=f"{es}abajo y vuelve a mirar.",
            ),
        )

    def _written(self, seen: Seen, agreeing: float) -> moments.Written | None:
        if not self._rows:
            return moments.Written("iso")
        return moments.written(
            self._session, seen.column, seen.type, agreeing=agreeing, region=self._region
        )

    def _with_hour(self, seen: Seen, found: moments.Written) -> Mapping:
        self._take(seen.column)
        form, hour = found.format, None
        if self._rows and moments.is_date_only(self._session, seen.column, form):
            for other in self._named("hour"):
                written = moments.hour_format(self._session, other.column)
                if written:
                    hour = self._take(other.column)
                    form = form if form == "iso" else f"{form} {written}"
                    break
        if found.ambiguous:
            how, such = moments.in_words(found.format), moments.such_as(found.format, seen.values)
            en = f"“{seen.column}” could be day/month or month/day; read as {how.en}{such.en}. "
            es = f"«{seen.column}» podría ser día/mes o mes/día; se lee como {how.es}{such.es}. "
            self._say(
                f"{en}Say otherwise in the mapping.",
                f"{es}Si no es así, dilo en la correspondencia.",
                page=Text(
                    en=f"{en}If that is wrong, say below how times are written.",
                    es=f"{es}Si no es así, di abajo cómo se escriben las horas.",
                ),
            )
        return Mapping(time=seen.column, name="", format=form, time_with=(hour,) if hour else ())

    def _names(self) -> list[str]:
        """Return the column of what happened, and those that say it where it is often empty."""
        found = self._named("name")
        if not found:
            return [self._repeated() or ""]
        often_empty = found[0].filled < _UNNAMED * self._rows
        chosen = found[:2] if often_empty else found[:1]
        return [str(self._take(seen.column)) for seen in chosen]

    def _repeated(self) -> str | None:
        # A few words that come again and again, and say neither who nor where.
        for seen in self._free():
            repeats = 2 <= seen.distinct <= min(200, seen.filled / 5)
            if seen.is_text and repeats and not (seen.numbers or seen.mails or _is_yes_no(seen)):
                if seen.channels() > _NAMED:
                    continue
                self._say(
                    f"No column is called what happened; “{seen.column}” is taken by its values.",
                    f"Ninguna columna se llama como lo que ocurrió; por sus valores se toma "
                    f"«{seen.column}».",
                )
                return self._take(seen.column)
        return None

    def _sent(self, form: str) -> str | None:
        for seen in self._named("sent"):
            found = self._written(seen, _UNNAMED)
            if found and found.format == form:
                return self._take(seen.column)
        return None

    def _id(self) -> str | None:
        named = self._named("id")
        if not named:
            return None
        listed = ", ".join(quoted(column) for column in self._columns)
        (facts,) = self._session.one(
            "distinct rows", f"select count(*) from (select distinct {listed} from sample)"
        )
        # An export may repeat rows; but an id that different rows share is the id of another thing.
        return self._take(next((s.column for s in named if s.distinct >= 0.8 * facts), None))

    def _email(self) -> str | None:
        named = [s for s in self._named("email") if s.mails >= 0.1 or not self._rows]
        by_value = [s for s in self._free() if s.filled and s.mails >= _UNNAMED]
        return self._take(next((s.column for s in [*named, *by_value]), None))

    def _phone(self) -> str | None:
        named = [
            s for s in self._named("phone")
            if s.phones(self._region) >= _NAMED or s.phones(None) >= _NAMED or not self._rows
        ]  # fmt: skip
        by_value = [
            s for s in self._free()
            if s.is_text and s.filled and s.phones(self._region) >= _UNNAMED
            and _written_like_phones(s)
        ]  # fmt: skip
        return self._take(next((s.column for s in [*named, *by_value]), None))

    def _channel(self) -> str | None:
        named = [s for s in self._named("channel") if not s.is_unknown]
        by_value = [s for s in self._free() if s.is_text and s.filled and s.channels() >= _UNNAMED]
        return self._take(next((s.column for s in [*named, *by_value]), None))

    def _score(self) -> Score | None:
        for scale in (*SCALES, "score"):
            for seen in self._named(scale):
                if not self._rows and scale in SCALES:
                    return Score(str(self._take(seen.column)), scale, *map(float, SCALES[scale]))
                if seen.numbers < 0.8 or seen.low is None or seen.high is None:
                    continue
                low, high = self._ends(scale, seen.low, seen.high)
                name = scale if scale in SCALES else fold(seen.column)
                name = re.sub("[^a-z_]", "", name) or "score"
                if (low, high) != SCALES.get(scale):
                    self._say(
                        f"“{seen.column}” is read as a score from {low:g} to {high:g}, by its "
                        "values. Say the true ends in the mapping.",
                        f"«{seen.column}» se lee como índice de {low:g} a {high:g}, por sus "
                        "valores. Di los extremos verdaderos en la correspondencia.",
                    )
                return Score(str(self._take(seen.column)), name, low, high)
        return None

    def _ends(self, scale: str, low: float, high: float) -> tuple[float, float]:
        usual = SCALES.get(scale)
        # One answer out of range is a slip; the scale stays the one of its name.
        if usual and (scale == "nps" or (usual[0] <= low and high <= usual[1])):
            return usual
        for ends in ((1.0, 5.0), (1.0, 7.0), (0.0, 5.0), (1.0, 10.0), (0.0, 10.0), (0.0, 100.0)):
            if ends[0] <= low and high <= ends[1]:
                return ends
        return low, high

    def _with_money(self, mapping: Mapping) -> Mapping:
        for seen in self._named("value"):
            texts = " ".join(seen.values)
            is_money = seen.numbers >= _NAMED or re.search(r"\d", texts)
            own = next((s for s in self._named("currency") if _are_currencies(s)), None)
            code = _currency(seen.column, texts)
            if not is_money:
                continue
            if not own and not code:
                # Money without a currency is not money: it stays a property.
                self._say(
                    f"“{seen.column}” looks like money without a currency; it stays among the "
                    "properties. Name the currency in the mapping (value).",
                    f"«{seen.column}» parece dinero sin moneda; se queda entre las propiedades. "
                    "Di la moneda en la correspondencia (value).",
                )
                return mapping
            self._take(seen.column)
            return replace(
                mapping,
                value=seen.column,
                currency=None if own else code,
                currency_column=self._take(own.column) if own else None,
                decimal=_decimal(seen),
            )
        return mapping

    def _text(self) -> str | None:
        if named := self._by_name("text"):
            return named
        for seen in self._free():
            natural = sum(_is_said(value) for value in seen.values) >= _NAMED * len(seen.values)
            if seen.is_text and seen.length >= 20 and seen.unique >= 0.5 and natural:
                return self._take(seen.column)
        return None


def _is_said(value: str) -> bool:
    """Tell whether a value reads like something that somebody said."""
    return len(value.split()) >= 4 and not re.search(r"[/;_{}\\]|\d", value)


def _is_yes_no(seen: Seen) -> bool:
    words = {"yes", "no", "true", "false", "si", "y", "n", "s", "t", "f", "unknown"}
    return {fold(value) for value in seen.values} <= words


def _written_like_phones(seen: Seen) -> bool:
    # Bare digits may be any number; a plus or groups of digits only a phone has.
    return all(value.startswith(("+", "00")) or re.search(r"\d[ .-]\d", value)
               for value in seen.values)  # fmt: skip


def _are_currencies(seen: Seen) -> bool:
    return bool(seen.values) and all(
        re.fullmatch("[A-Za-z]{3}", value) or value in SYMBOLS for value in seen.values
    )


def _currency(column: str, texts: str) -> str | None:
    """Return the currency that the values or the name of a column tell."""
    for sign, code in SYMBOLS.items():
        if sign in texts or sign in column:
            return code
    found = re.search(r"\b(EUR|USD|GBP|MXN|COP|CLP|ARS|PEN|BRL|UYU|JPY|CHF)\b",
                      f"{column} {texts}".upper().replace("_", " "))  # fmt: skip
    return found[1] if found else None


def _decimal(seen: Seen) -> str | None:
    """Return the mark before the cents, when the values tell it."""
    if not seen.is_text:
        return None
    commas = sum(bool(re.search(r",\d{1,2}(\D|$)", value)) for value in seen.values)
    points = sum(bool(re.search(r"\.\d{1,2}(\D|$)", value)) for value in seen.values)
    if commas == points:
        return None
    return "," if commas > points else "."
