"""How people feel, as words for a terminal, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trayecto.cli.show_journeys import table, whose
from trayecto.vocabulary.text import UNKNOWN, Language, Text, number

if TYPE_CHECKING:
    from trayecto.flow import Moods, Reading

RULES: dict[str, Text] = {
    "word": Text(en="says it", es="lo dice"),
    "phrase": Text(en="set phrase", es="frase hecha"),
    "rating": Text(en="a mark", es="una nota"),
    "negated": Text(en="turned by a negation", es="la gira una negación"),
    "negates": Text(en="negates", es="niega"),
    "stronger": Text(en="stronger", es="más fuerte"),
    "weaker": Text(en="weaker", es="más débil"),
    "little": Text(en="“little”, “few”", es="«poco»"),
    "small": Text(en="diminutive", es="diminutivo"),
    "large": Text(en="augmentative", es="aumentativo"),
    "superlative": Text(en="superlative", es="superlativo"),
    "capitals": Text(en="in capitals", es="en mayúsculas"),
    "drawn_out": Text(en="drawn out", es="letras alargadas"),
    "exclamation": Text(en="exclaimed", es="exclamación"),
    "before_but": Text(en="before a “but”: half", es="antes de un «pero»: la mitad"),
    "after_but": Text(en="after a “but”: more", es="tras un «pero»: más"),
    "although": Text(en="conceded: half", es="concedido: la mitad"),
    "question": Text(en="only asked", es="solo se pregunta"),
    "courtesy": Text(en="manners", es="cortesía"),
    "settled": Text(en="solved: weighs nothing", es="resuelto: no pesa"),
    "refused": Text(en="refused, so it is so", es="se rechaza: así que pasa"),
    "outdone": Text(en="it cannot be more so", es="no puede serlo más"),
    "agrees": Text(en="negated twice: says the same", es="doble negación: dice lo mismo"),
    "set_phrase": Text(en="says nothing of a feeling", es="no dice ninguna emoción"),
}
_NOTHING = Text(
    en="No word here says how somebody felt: unknown, which is not neutral.",
    es="Ninguna palabra dice cómo se sintió alguien: no se sabe, que no es neutro.",
)
_NOBODY = Text(en="Nobody has said how they felt yet.", es="Nadie ha dicho todavía cómo se sintió.")


def level(value: float | None, language: Language) -> str:
    """Return a level on the scale from −2 to +2, with its sign."""
    if value is None:
        return UNKNOWN
    return ("+" if round(value * 2, 2) > 0 else "") + number(value * 2, language, decimals=2)


def reading(read: Reading, language: Language) -> str:
    """Say the level of a text, and what each word has in it."""
    if read.level is None:
        lines = [_NOTHING.say(language)]
    else:
        told = Text(en="{level} on a scale of −2 to +2", es="{level} en una escala de −2 a +2")
        lines = [told.say(language).format(level=level(read.level, language))]
    rows = [
        (
            level(word.contribution, language) if word.contribution else "",
            word.text,
            ", ".join(RULES[rule].say(language) for rule in word.rules),
        )
        for word in read.words
        if word.rules
    ]
    wide = max((len(text) for _, text, _ in rows), default=0)
    return "\n".join(
        [*lines, *([""] if rows else [])]
        + [f"{part:>7}  {text:<{wide}}  {why}".rstrip() for part, text, why in rows]
    )


def moods(found: Moods, language: Language) -> str:
    """Say how people felt at each node."""
    if not found.nodes:
        return _NOBODY.say(language)
    people = whose(found.per, language)
    rows = [
        ("node", "−2…+2", "95%", people, "scores", "texts")
        if language == "en"
        else ("nodo", "−2…+2", "95 %", people, "notas", "textos")
    ]
    for node in found.nodes:
        felt = node.level
        ends = UNKNOWN
        if felt.low is not None:
            ends = f"{level(felt.low, language)} … {level(felt.high, language)}"
        rows.append((
            node.name, level(felt.value, language), ends, number(felt.n, language),
            number(node.scored, language), number(node.told, language),
        ))  # fmt: skip
    note = Text(
        en="One person, one voice; who gave a score speaks by it, who only wrote by their words. "
        "Below {n}, unknown.",
        es="Una persona, una voz; quien puso nota habla por ella, quien solo escribió por sus "
        "palabras. Con menos de {n} no se sabe.",
    )
    return "\n".join([*table(rows), "", note.say(language).format(n=found.minimum)])
