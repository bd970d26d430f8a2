"""
The options that every question shares, written once.

`@question` gives a command the options of the scope and of the answer; the command itself gets
them as one `Asked`.
"""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    People,
    Per,
    PerOption,
    Since,
    Sources,
    Spoken,
    Sql,
    Until,
    answer,
    app,
    opened,
    period_of,
    speaking,
    wrote,
)
from trayecto.cli.words import say
from trayecto.vocabulary import script
from trayecto.vocabulary.days import day_words
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from trayecto.flow import Scope, Script
    from trayecto.measuring import Side
    from trayecto.vocabulary.period import Period
    from trayecto.workspace import Workspace


_BY = ("touchpoint", "node", "channel", "source", "area")


def _names(en: str, es: str, *flags: str) -> Any:
    return Annotated[list[str] | None, typer.Option(*flags, help=say(en, es))]


_SCOPE: dict[str, tuple[Any, Any]] = {
    "per": (PerOption, Per.person),
    "source": (Sources, None),
    "channel": (_names("Only this channel (repeatable).", "Solo este canal (repetible).",
                       "--channel"), None),
    "area": (_names("Only this area (repeatable).", "Solo esta área (repetible).", "--area"), None),
    "touchpoint": (_names("Only this touchpoint (repeatable).",
                          "Solo este punto de contacto (repetible).", "--touchpoint"), None),
    "contains": (_names("Only who passes this node (repeatable).",
                        "Solo quien pasa por este nodo (repetible).", "--contains"), None),
    "avoids": (_names("Only who never passes this node (repeatable).",
                      "Solo quien nunca pasa por este nodo (repetible).", "--avoids"), None),
    "people": (People, None),
    "segment": (Annotated[str | None, typer.Option("--segment", help=say(
        "Only customers of this named segment.",
        "Solo clientes de este segmento con nombre."))], None),
    "since": (Since, None),
    "until": (Until, None),
    "whole": (Annotated[bool, typer.Option("--whole", help=say(
        "Filters choose whole journeys, not interactions.",
        "Los filtros eligen trayectos enteros, no interacciones."))], False),
    "case": (Annotated[str | None, typer.Option("--case", metavar="COLUMN", help=say(
        "By case, as this property names it (order_id); case_id: as mapped at import.",
        "Por caso, según esta propiedad (id_pedido); case_id: el asignado al importar."))], None),
    "by": (Annotated[str, typer.Option("--by", help=say(
        "What a node is: touchpoint, node, channel, source, area or property:NAME.",
        "Qué es un nodo: touchpoint, node, channel, source, area o property:NOMBRE."))],
        "touchpoint"),
}  # fmt: skip
_ANSWER: dict[str, tuple[Any, Any]] = {
    "output": (Annotated[Path | None, typer.Option("--output", "-o", help=say(
        "File: .svg, .png, .csv, .xlsx or .json.",
        "Fichero: .svg, .png, .csv, .xlsx o .json."))], None),
    "as_json": (Json, False),
    "as_sql": (Sql, False),
    "folder": (Folder, HERE),
    "language": (LanguageOption, None),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: of which workspace, about what, and how the answer is wanted."""

    workspace: Workspace
    scope: Scope
    language: Language
    output: Path | None
    as_json: bool
    as_sql: bool
    sql: Script

    def give(
        self,
        found: Any,
        words: Callable[[Any, Language], str],
        *,
        picture: Callable[..., str] | None = None,
    ) -> None:
        """Write the answer where it was wanted, or say it."""
        if self.as_sql:
            print(script.whole(self.sql))
            return
        if self.output:
            self._write(found, self.output, picture)
            wrote(self.output, quiet=self.as_json)
        if self.as_json or not self.output:
            answer(found.as_json(), self.as_json, words(self._read(found), self.language))

    def say(self, plain: Any, words: str) -> None:
        """Say what was done, or the SQL that did it."""
        if self.as_sql:
            print(script.whole(self.sql))
        else:
            answer(plain, self.as_json, words)

    def _read(self, found: Any) -> Any:
        """Return an answer with its nodes by name: what people read, and no other program."""
        from trayecto import naming

        return naming.in_words(self.workspace, found, self.language, by=self.scope.by)

    def _write(self, found: Any, file: Path, picture: Callable[..., str] | None) -> None:
        from trayecto import flow

        kind = file.suffix.lower()
        if kind == ".json":
            import json

            flow.write_file(file, json.dumps(found.as_json(), ensure_ascii=False).encode())
        elif kind == ".csv":
            flow.write_file(file, csv_of(found))
        elif kind == ".xlsx":
            flow.write_file(file, flow.workbook_of(self._read(found), language=self.language))
        elif picture is not None:
            flow.save_picture(picture(self._read(found), language=self.language), file)
        else:
            raise TrayectoError(
                Problem(
                    Text(en="This answer is written as .csv, .xlsx or .json.",
                         es="Esta respuesta se guarda como .csv, .xlsx o .json."),
                    file=str(file),
                )
            )  # fmt: skip


def stop_unless_csv(file: Path | None) -> None:
    """Refuse a file that is to be anything but CSV, before anything is asked for it."""
    if file is None or file.suffix.lower() == ".csv":
        return
    raise TrayectoError(
        Problem(
            Text(en="This answer is written as .csv.", es="Esta respuesta se guarda como .csv."),
            Text(en=f"Name it {file.stem}.csv.", es=f"Llámalo {file.stem}.csv."),
            file=str(file),
        )
    )


def csv_of(found: Any) -> bytes:
    """Return an answer that is a table as CSV."""
    heading, rows = found.as_rows()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue().encode()


def question(*, en: str, es: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a command of a function that takes an `Asked` first and its own options after it."""

    def make(command: Callable[..., None]) -> Callable[..., None]:
        own = dict(inspect.signature(command).parameters)
        hints = get_type_hints(command, include_extras=True)
        own.pop("asked")

        def run(**given: Any) -> None:
            shared = {name: given.pop(name) for name in (*_SCOPE, *_ANSWER)}
            from trayecto import flow

            with flow.recording() as sql:
                command(_asked(**shared, sql=sql), **given)

        parameters = [p.replace(annotation=hints[name]) for name, p in own.items()]
        parameters += [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind
            )
            for name, (kind, default) in (_SCOPE | _ANSWER).items()
        ]
        keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
        run.__signature__ = inspect.Signature(keyword)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in keyword}
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        app.command(help=say(en, es))(run)
        return command

    return make


def _asked(
    *,
    output: Path | None,
    as_json: bool,
    as_sql: bool,
    folder: Path,
    language: Spoken | None,
    sql: Script,
    **scope: Any,
) -> Asked:
    workspace = opened(folder)
    return Asked(
        workspace, _scope(workspace, **scope), speaking(language, workspace), output, as_json,
        as_sql, sql,
    )  # fmt: skip


def _scope(
    workspace: Workspace,
    *,
    per: Per,
    case: str | None,
    by: str,
    whole: bool,
    since: datetime | None,
    until: datetime | None,
    segment: str | None,
    **names: list[str] | None,
) -> Scope:
    from trayecto import flow

    named = flow.segment(workspace, segment).rule if segment else ()
    some = {name: tuple(listed or ()) for name, listed in names.items()}
    return flow.Scope(
        per=per.value if case is None else Per.case.value,
        sources=some["source"],
        period=period_of(workspace, since, until),
        channels=some["channel"],
        areas=some["area"],
        touchpoints=some["touchpoint"],
        contains=some["contains"],
        avoids=some["avoids"],
        whole=whole,
        by=_by(by),
        case=None if case == "case_id" else case,
        people=(*named, *flow.rule_of(some["people"])),
        zone=workspace.settings.zone,
    )


def _by(words: str) -> str:
    """Return what tells nodes; refuse what does not."""
    kind, is_property, name = words.partition(":")
    if words in _BY or (is_property and kind == "property" and name):
        return words
    near = get_close_matches(words.lower(), _BY, n=1, cutoff=0.5)
    raise TrayectoError(
        Problem(
            Text(en=f"Nodes cannot be told by “{words}”.",
                 es=f"No se pueden distinguir nodos por «{words}»."),
            Text(en=f"Did you mean: {near[0]}?", es=f"¿Querías decir: {near[0]}?")
            if near else
            Text(en=f"Write one of {', '.join(_BY)}, or property:NAME.",
                 es=f"Escribe uno de {', '.join(_BY)}, o property:NOMBRE."),
            field="--by",
        )
    )  # fmt: skip


def span(words: str | None) -> timedelta | None:
    """Return the length of time a person wrote; refuse what is none."""
    from trayecto import flow

    return None if words is None else flow.asked_span(words)


def segment(workspace: Workspace, base: Scope, words: str) -> Scope:
    """
    Return the scope with a segment's own filters, such as `since=2026-03-01,contains=buy`.

    A word alone is a named segment; what is no filter is a property of the customer.
    """
    from trayecto import flow

    fields = {"source": "sources", "channel": "channels", "area": "areas",
              "touchpoint": "touchpoints", "contains": "contains", "avoids": "avoids"}  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    days: dict[str, datetime] = {}
    rule = base.people
    for part in words.split(","):
        key, is_, value = (piece.strip() for piece in part.partition("="))
        if key in ("since", "until"):
            try:
                days[key] = datetime.strptime(value, "%Y-%m-%d")
            except ValueError:
                raise _no_segment(words) from None
        elif key in fields and is_ and value:
            found[fields[key]] = (*found.get(fields[key], ()), value)
        elif key and (value or not is_):
            known = value or set(key) & set("<>")
            rule += flow.rule_of([part]) if known else flow.segment(workspace, key).rule
        else:
            raise _no_segment(words)
    changed: dict[str, Any] = {name: (*getattr(base, name), *own) for name, own in found.items()}
    changed["people"] = rule
    if days:
        changed["period"] = period_of(workspace, days.get("since"), days.get("until"))
    return replace(base, **changed)


def side(workspace: Workspace, words: str, period: Period, *, language: Language) -> Side:
    """
    Return one side of a comparison: a named segment, a rule such as plan=fibre, or a period.

    Where it is no period itself, it is of the *period* asked for. A period is called by its days.
    """
    from trayecto import flow, measuring

    days = _PERIOD.fullmatch(words)
    if days:
        since, last = (datetime.strptime(day, "%Y-%m-%d") if day else None for day in days.groups())
        until = last + timedelta(days=1) if last else None
        ends = (day_words(end).say(language) if end else "…" for end in (since, last))
        named = " – ".join(ends)
        return measuring.Side(named, (), period_of(workspace, since, until), words)
    if set(words) & set("=<>"):
        return measuring.Side(words, flow.rule_of([words]), period, words)
    return measuring.Side(words, flow.segment(workspace, words).rule, period, words)


_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")


def _no_segment(words: str) -> TrayectoError:
    return TrayectoError(
        Problem(
            Text(en=f"“{words}” names no segment.", es=f"«{words}» no es un segmento."),
            Text(
                en="Write filters such as channel=web or since=2026-03-01,contains=buy, a "
                "property such as plan=fibre, or the name of a segment.",
                es="Escribe filtros como channel=web o since=2026-03-01,contains=compra, una "
                "propiedad como plan=fibra o el nombre de un segmento.",
            ),
        )
    )
