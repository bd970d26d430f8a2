"""How the command line speaks of itself: its help, and what was typed wrong, in both languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from trayecto.cli.words import LANGUAGE, say
from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_Mistyped: Any = typer.BadParameter.__mro__[1]
"""What the library raises of anything typed wrong; it gives it no public name."""

_NUMBER = say("NUMBER", "NÚMERO")
_VALUES = {
    "str": say("TEXT", "TEXTO"),
    "str,str": say("TEXT,TEXT", "TEXTO,TEXTO"),
    "path": say("PATH", "RUTA"),
    "Path": say("PATH", "RUTA"),
    "%Y-%m-%d": say("YYYY-MM-DD", "AAAA-MM-DD"),
    **dict.fromkeys(("int", "int range", "float", "float range"), _NUMBER),
}
"""What a value is called in the help, by the name the library has for its type."""

_HELP = (
    ("[default: ", "[si no: "),
    ("; default: ", "; si no: "),
    ("[env var: ", "[variable: "),
    ("[required]", "[obligatorio]"),
    ("; required]", "; obligatorio]"),
)
_WRONG = (
    (r"No such option: (.+?)(?: \(Possible options: (.+)\))?",
     "There is no option {}.", "No existe la opción {}."),
    (r"No such command (.+?)\.?(?: Did you mean (.+)\?)?",
     "There is no command {}.", "No existe el comando {}."),
    (r"Missing command\.?()", "A command is missing.", "Falta el comando."),
    (r"Missing (?:argument|option) (.+?)\.(?:.*)", "{} is missing.", "Falta {}."),
    (r"Option (.+?) requires an argument\.", "{} needs a value.", "{} necesita un valor."),
    (r"Option (.+?) does not take a value\.", "{} takes no value.", "{} no lleva ningún valor."),
    (r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)",
     "This is more than the command takes: {}.", "Esto sobra en el comando: {}."),
)  # fmt: skip
"""What the library says of what was typed, and how we say it; a second part is what was meant."""

PARTS = {
    say("Begin", "Empezar"): "init import demo simulate serve",
    say("Draw", "Dibujar"): "templates new assess check draw diff merge",
    say("Measure", "Medir"): "measure deviations votes moments pains behind drift feelings feel",
    say("Ask", "Preguntar"): "graph variants paths funnel durations sessions retention exits "
    "influence compare who timeline segments export",
    say("Data and people", "Datos y personas"): "quality rejects nodes people person link unlink "
    "review forget tidy doctor",
}
"""What commands are for."""
_A_SENTENCE = 200

_REASONS = (
    (r"(?:Value error, )?(.+) is not one of (.+)\.",
     "{} is none of {}.", "{} no es ninguno de estos: {}."),
    (r"(?:Value error, )?(.+) does not match the formats .+",
     "{} is no day; write it as 2026-03-31.", "{} no es un día; escríbelo como 2026-03-31."),
    (r"Input should be a valid (?:integer|number)\b.*()",
     "a number is expected.", "se espera un número."),
    (r"Input should be greater than or equal to (.+)",
     "it has to be {} or more.", "tiene que ser {} o más."),
    (r"Input should be less than or equal to (.+)",
     "it has to be {} or less.", "tiene que ser {} o menos."),
    (r"\w+ (.+) does not exist\.", "there is no {}.", "no existe {}."),
    (r"\w+ (.+) is a directory\.", "{} is a folder.", "{} es una carpeta."),
    (r"\w+ (.+) is a file\.", "{} is a file, no folder.", "{} es un fichero, no una carpeta."),
    (r"\w+ (.+) is not readable\.", "you may not read {}.", "no tienes permiso para leer {}."),
)  # fmt: skip
"""The same of one value."""


class _Spoken:
    """What a command and all of them have in common, said in both languages."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how it is called."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what it takes."""
        _write_options(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Return the option --help."""
        return _in_words(super().get_help_option(ctx))  # type: ignore[misc]

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> Any:
        """Return what was typed after it, read."""
        try:
            return super().make_context(info_name, args, parent, **extra)  # type: ignore[misc]
        except _Mistyped as error:
            of = f"{parent.command_path} " if parent else ""
            raise _told(error, f"{of}{info_name}") from None


class Command(_Spoken, TyperCommand):
    """A command that speaks both languages."""


class Group(_Spoken, TyperGroup):
    """All commands; it says what was typed wrong as every other error is said."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write what stands before a command, and the commands by what they are for."""
        super().format_options(ctx, formatter)
        widest = max(map(len, self.commands))
        for title, names in PARTS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name.ljust(widest), self.commands[name].get_short_help_str(_A_SENTENCE))
                        for name in names.split()
                    ]
                )

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except _Mistyped as error:
            raise _told(error, ctx.command_path) from None


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    # An argument stands as it is named; one that may be left out in brackets.
    pieces = re.sub(r"\{(.+?)\}", r"\1", pieces).replace("[[", "[").replace("]]", "]")
    if LANGUAGE == "es":
        pieces = pieces.replace("[OPTIONS]", "[OPCIONES]")
        pieces = pieces.replace("COMMAND [ARGS]...", "COMANDO [ARGUMENTOS]...")
    formatter.write_usage(ctx.command_path, pieces, prefix=say("Usage: ", "Uso: "))


def _write_options(command: Any, ctx: Any, formatter: Any) -> None:
    rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for one in command.get_params(ctx):
        if told := one.get_help_record(ctx):
            kind = one.param_type_name
            # An argument is named as in the line of usage, without what it is made of.
            left = told[0].partition(" <")[0] if kind == "argument" else told[0]
            rows[kind].append((_value(left), _explained(told[1])))
    for kind, title in (
        ("argument", say("Arguments", "Argumentos")), ("option", say("Options", "Opciones"))
    ):  # fmt: skip
        if rows[kind]:
            with formatter.section(title):
                formatter.write_dl(rows[kind])


def _value(told: str) -> str:
    """
    Return how an option or argument is written, its value in capitals.

    >>> _value("-o, --only <a|b>"), _value("{MAP}"), _value("[[NODE]]")
    ('-o, --only a|b', 'MAP', '[NODE]')
    """
    told = re.sub(r"^\{(.+)\}$|^\[(\[.+\])\]$", lambda found: found[1] or found[2], told)
    return re.sub(r"<(?:list\[(.+?)\]|(.+?))>(\.\.\.)?", _named, told)


def _named(found: re.Match[str]) -> str:
    kind = found[1] or found[2]
    return _VALUES.get(kind, kind)


def _explained(told: str) -> str:
    """Return what is said of an option, its limits in words."""
    told = re.sub(r"\b(\d+)<=x<=(\d+)", say(r"\1 to \2", r"de \1 a \2"), told)
    told = re.sub(r"\bx>=(\d+)", say(r"\1 or more", r"\1 o más"), told)
    for en, es in _HELP if LANGUAGE == "es" else ():
        told = told.replace(en, es)
    return told


def _in_words(option: Any) -> Any:
    if option is not None:
        option.help = say("Show this and end.", "Muestra esta ayuda y termina.")
    return option


def _told(error: Any, command: str) -> Exception:
    """Return what was typed wrong as an error of ours; who typed nothing is shown the help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error  # type: ignore[no-any-return]
    said = _unquoted(error.format_message())
    if found := re.fullmatch(r"Invalid value for (.+?): (.+)", said, re.DOTALL):
        what, meant = _known(found[2], _REASONS), None
        what = Text(en=f"{found[1]}: {what.en}", es=f"{found[1]}: {what.es}")
    else:
        what, meant = _known(said, _WRONG), _meant(said)
    asked = f"{command} --help"
    way = Text(en=f"“{asked}” tells what there is.", es=f"«{asked}» dice lo que hay.")
    if meant:
        way = Text(en=f"Did you mean {meant}? {way.en}", es=f"¿Querías decir {meant}? {way.es}")
    return TrayectoError(Problem(what, way))


def _unquoted(said: str) -> str:
    """Return what the library says, with proper quotes and none around what is typed."""
    said = re.sub(r"'(-[\w-]+|[A-Z]+)…?'", r"\1", said)
    return re.sub(r"(?<![\w'])'([\w%:.…/-]+)'(?!')", say(r"“\1”", r"«\1»"), said)


def _known(said: str, phrases: Sequence[tuple[str, str, str]]) -> Text:
    for pattern, en, es in phrases:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return Text(en=en.format(*found.groups("")), es=es.format(*found.groups("")))
    return Text(en=said, es=said)


def _meant(said: str) -> str | None:
    """
    Return what somebody may have meant, by what the library says.

    >>> _meant("No such command “grafo”. Did you mean “graph”?")
    '“graph”'
    """
    found = re.search(r"(?:Possible options:|Did you mean) (.+?)[)?]$", said)
    return found[1] if found else None
