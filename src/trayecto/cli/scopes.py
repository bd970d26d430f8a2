"""
The options that every question shares, written once.

`@question` gives a command the options of the scope and of the answer; the command itself gets
them as one `Asked`.
"""

from __future__ import annotations

import csv
import inspect
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from trayecto.cli.options import (
    HERE,
    Folder,
    Json,
    LanguageOption,
    Per,
    PerOption,
    Since,
    Sources,
    Spoken,
    Until,
    answer,
    app,
    opened,
    period_of,
    speaking,
    wrote,
)
from trayecto.cli.words import say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Language, Text

if TYPE_CHECKING:
    from trayecto.flow import Scope, Script
    from trayecto.workspace import Workspace


class By(StrEnum):
    """What a node is."""

    touchpoint = "touchpoint"
    node = "node"
    channel = "channel"
    source = "source"
    area = "area"


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
    "since": (Since, None),
    "until": (Until, None),
    "whole": (Annotated[bool, typer.Option("--whole", help=say(
        "Filters choose whole journeys, not interactions.",
        "Los filtros eligen trayectos enteros, no interacciones."))], False),
    "by": (Annotated[By, typer.Option("--by", help=say(
        "What a node is.", "Qué es un nodo."))], By.touchpoint),
}  # fmt: skip
_ANSWER: dict[str, tuple[Any, Any]] = {
    "output": (Annotated[Path | None, typer.Option("--output", "-o", help=say(
        "File: .svg, .png, .csv or .json.", "Fichero: .svg, .png, .csv o .json."))], None),
    "as_json": (Json, False),
    "as_sql": (Annotated[bool, typer.Option("--sql", help=say(
        "Print the SQL behind the figures.", "Imprime el SQL que hay detrás de las cifras."))],
        False),
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
            print(script(self.sql))
            return
        if self.output:
            self._write(found, self.output, picture)
            wrote(self.output, quiet=self.as_json)
        if self.as_json or not self.output:
            answer(found.as_json(), self.as_json, words(found, self.language))

    def say(self, plain: Any, words: str) -> None:
        """Say what was done, or the SQL that did it."""
        if self.as_sql:
            print(script(self.sql))
        else:
            answer(plain, self.as_json, words)

    def _write(self, found: Any, file: Path, picture: Callable[..., str] | None) -> None:
        from trayecto import flow

        kind = file.suffix.lower()
        if kind == ".json":
            import json

            flow.write_file(file, json.dumps(found.as_json(), ensure_ascii=False).encode())
        elif kind == ".csv":
            flow.write_file(file, _table(*found.as_rows()))
        elif picture is not None:
            flow.save_picture(picture(found, language=self.language), file)
        else:
            raise TrayectoError(
                Problem(
                    Text(en="This answer is written as .csv or .json.",
                         es="Esta respuesta se guarda como .csv o .json."),
                    file=str(file),
                )
            )  # fmt: skip


def script(sql: Script) -> str:
    """Return the named steps as one script that the duckdb shell runs."""
    return "\n\n".join(f"-- {step}\n{text.strip()};" for step, text in sql)


def _table(heading: list[Any], rows: list[list[Any]]) -> bytes:
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
    by: By,
    whole: bool,
    since: datetime | None,
    until: datetime | None,
    **names: list[str] | None,
) -> Scope:
    from trayecto import flow

    some = {name: tuple(listed or ()) for name, listed in names.items()}
    return flow.Scope(
        per=per.value,
        sources=some["source"],
        period=period_of(workspace, since, until),
        channels=some["channel"],
        areas=some["area"],
        touchpoints=some["touchpoint"],
        contains=some["contains"],
        avoids=some["avoids"],
        whole=whole,
        by=by.value,
    )


def span(words: str | None) -> timedelta | None:
    """Return the length of time a person wrote; refuse what is none."""
    from trayecto import flow

    if words is None:
        return None
    found = flow.time_span(words)
    if found is None:
        raise TrayectoError(
            Problem(
                Text(
                    en=f"“{words}” is not a length of time longer than zero.",
                    es=f"«{words}» no es una duración mayor que cero.",
                ),
                Text(
                    en="Write it like 30min, 12h, 7d or “2 weeks”.",
                    es="Escríbela así: 30min, 12h, 7d o «2 semanas».",
                ),
            )
        )
    return found


def segment(workspace: Workspace, base: Scope, words: str) -> Scope:
    """Return the scope with a segment's own filters, such as `since=2026-03-01,contains=buy`."""
    fields = {"source": "sources", "channel": "channels", "area": "areas",
              "touchpoint": "touchpoints", "contains": "contains", "avoids": "avoids"}  # fmt: skip
    found: dict[str, tuple[str, ...]] = {}
    days: dict[str, datetime] = {}
    for part in words.split(","):
        key, is_, value = (piece.strip() for piece in part.partition("="))
        if key in ("since", "until"):
            try:
                days[key] = datetime.strptime(value, "%Y-%m-%d")
            except ValueError:
                raise _no_segment(words) from None
        elif key in fields and is_ and value:
            found[fields[key]] = (*found.get(fields[key], ()), value)
        else:
            raise _no_segment(words)
    changed: dict[str, Any] = {name: (*getattr(base, name), *own) for name, own in found.items()}
    if days:
        changed["period"] = period_of(workspace, days.get("since"), days.get("until"))
    return replace(base, **changed)


def _no_segment(words: str) -> TrayectoError:
    return TrayectoError(
        Problem(
            Text(en=f"“{words}” names no segment.", es=f"«{words}» no es un segmento."),
            Text(
                en="Write filters such as channel=web or since=2026-03-01,contains=buy.",
                es="Escribe filtros como channel=web o since=2026-03-01,contains=compra.",
            ),
        )
    )
