"""What nodes are called for people to read, in each language: `names` beside the node rules."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from trayecto.collect import documents
from trayecto.vocabulary.errors import Problem, stop_if_any
from trayecto.vocabulary.text import LANGUAGES, Text, same

_SECTION = re.compile(r"^names:[^\n]*\n?(?:(?:[ \t][^\n]*)?(?:\n|\Z))*", re.MULTILINE)


@lru_cache(maxsize=8)
def names(text: str, *, file: str) -> Mapping[str, Text]:
    """
    Return what each touchpoint of the rules is called; all that is wrong is said at once.

    Reading YAML takes longer than the rest of a page; the same document is read once.

    >>> names("names: {call: {en: A call, es: Una llamada}}", file="nodes.yaml")["call"]
    Text(en='A call', es='Una llamada')
    """
    raw = documents.load(text, file=file)
    given = raw.get("names") if isinstance(raw, dict) else None
    if given is None:
        return {}
    line = raw.lc.key("names")[0] + 1
    stop_if_any(_check(given, file, line))
    return {str(node): _text(value) for node, value in given.items()}


def without(text: str) -> str:
    """Return the document without the names, which decide no node: rules may be kept by it."""
    return _SECTION.sub("", text)


def section(text: str) -> str:
    """Return the names as they stand in the document, unread: quick to compare."""
    return "".join(_SECTION.findall(text))


def renamed(text: str, wanted: Mapping[str, Text], *, file: str) -> str:
    """
    Return the document with these names; an empty one goes, and every other line stays as it is.

    >>> print(renamed("rules: []", {"call": Text(en="A call", es="Una llamada")}, file=""))
    rules: []
    names:
      call: {es: Una llamada, en: A call}
    <BLANKLINE>
    """
    held = (documents.load(section(text), file=file) or {}).get("names")
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    named = held if isinstance(held, CommentedMap) else CommentedMap()
    for node, name in wanted.items():
        said = {language: name.say(language) for language in ("es", "en") if name.say(language)}
        if said:
            named[node] = CommentedMap(said)
            named[node].fa.set_flow_style()
        else:
            named.pop(node, None)
    out = io.StringIO()
    if named:
        yaml.dump({"names": named}, out)
    rest = without(text) or "nodes: 1\nrules: []\n"
    if not (found := _SECTION.search(text)):
        return (rest if rest.endswith("\n") else rest + "\n") + out.getvalue()
    return text[: found.start()] + out.getvalue() + without(text[found.end() :])


def _text(value: Any) -> Text:
    if isinstance(value, dict):
        said = {language: str(value[language]) for language in LANGUAGES if language in value}
        other = next(iter(said.values()))
        return Text(en=said.get("en", other), es=said.get("es", other))
    return same(str(value))


def _check(given: Any, file: str, line: int) -> Iterator[Problem]:
    if not isinstance(given, CommentedMap):
        yield _problem(file, line, "names")
        return
    for node, value in given.items():
        parts = value.items() if isinstance(value, dict) else [("en", value)]
        told = [(key, part) for key, part in parts]
        fine = told and all(
            key in LANGUAGES and not isinstance(part, (dict, list)) and str(part or "").strip()
            for key, part in told
        )
        if not fine:
            yield _problem(file, given.lc.key(node)[0] + 1, f"names.{node}")


def _problem(file: str, line: int, field: str) -> Problem:
    return Problem(
        Text(
            en="Names are touchpoints of the rules, each with a text, or with one a language.",
            es="Los nombres son puntos de contacto de las reglas, cada uno con un texto, o con uno "
            "por idioma.",
        ),
        Text(
            en="E.g. help_call: {en: A call for help, es: Llamada de ayuda}.",
            es="P. ej. help_call: {es: Llamada de ayuda, en: A call for help}.",
        ),
        file=file, line=line, field=field,
    )  # fmt: skip
