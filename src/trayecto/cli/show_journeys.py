"""Answers to questions on journeys as words for a terminal, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trayecto.cli import show
from trayecto.vocabulary.text import Language, Text, duration, number, percent

_LISTED = 20
_WHOSE = {"person": Text(en="people", es="personas"), "case": Text(en="cases", es="casos")}
_ONE = {"person": Text(en="person", es="persona"), "case": Text(en="case", es="caso")}
NOBODY = Text(
    en="Nobody passes these filters: there is nothing to show.",
    es="Nadie pasa estos filtros: no hay nada que mostrar.",
)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as aligned lines: the first column to the left, the rest to the right."""
    if not rows:
        return []
    wide = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(wide[i]) if i == 0 else cell.rjust(wide[i]) for i, cell in enumerate(row)
        ).rstrip()
        for row in rows
    ]


def whose(per: str, language: Language, n: int = 0) -> str:
    """Return who is counted: people or cases; a single one, where *n* is one."""
    return (_ONE if n == 1 else _WHOSE)[per].say(language)


def _rest(count: int, language: Language) -> list[str]:
    if count <= 0:
        return []
    return [f"… +{count}" + (" (all with --json)" if language == "en" else " (todos con --json)")]


def graph(found: Any, language: Language) -> str:
    """Say the nodes and the commonest steps between them."""
    return show.graph(found, language) if found.people else NOBODY.say(language)


def variants(found: Any, language: Language) -> str:
    """Say the commonest whole paths."""
    return show.variants(found, language) if found.journeys else NOBODY.say(language)


def around(found: Any, language: Language) -> str:
    """Say, for each offset, the commonest nodes."""
    if not found.journeys:
        return NOBODY.say(language)
    en = language == "en"
    where = found.anchor or ("the first step" if en else "el primer paso")
    lines = [
        f"{number(found.journeys, language)} {whose(found.per, language, found.journeys)} · {where}"
    ]
    for offset in sorted({stop.offset for stop in found.stops}):
        stops = [stop for stop in found.stops if stop.offset == offset]
        lines += ["", f"{offset:+d}" if found.anchor else f"{offset}"]
        lines += table([
            (f"  {s.name}", number(s.count, language),
             percent(s.count / found.journeys, language, decimals=1)) for s in stops[:8]
        ])  # fmt: skip
        lines += _rest(len(stops) - 8, language)
    return "\n".join(lines)


def funnel(found: Any, language: Language) -> str:
    """Say the steps with how many got there, and when."""
    if not found.steps[0].people:
        return NOBODY.say(language)
    lines = _funnel_steps(found.steps, found.per, language)
    for segment in found.segments:
        lines += ["", segment.name, *_funnel_steps(segment.steps, found.per, language)]
    return "\n".join(lines)


def _funnel_steps(steps: Sequence[Any], per: str, language: Language) -> list[str]:
    en = language == "en"
    who = whose(per, language)
    rows = [
        ("step", who, "of all", "of previous", "95%", "median wait")
        if en
        else ("paso", who, "del total", "del anterior", "95 %", "espera mediana")
    ]
    for step in steps:
        interval = f"{percent(step.low, language)}–{percent(step.high, language)}"
        rows.append((
            step.name, number(step.people, language), percent(step.share, language, decimals=1),
            percent(step.from_previous, language, decimals=1), interval,
            duration(step.median_s, language),
        ))  # fmt: skip
    return table(rows)


def durations(found: Any, language: Language) -> str:
    """Say how many arrived and how long it takes."""
    if not found.people:
        return NOBODY.say(language)
    en = language == "en"
    start = found.source or ("first step" if en else "primer paso")
    end = found.target or ("last step" if en else "último paso")
    low, high = duration(found.median_low_s, language), duration(found.median_high_s, language)
    more = f"{low} or more" if en else f"{low} o más"
    interval = (
        more
        if found.median_high_s is None and found.median_low_s is not None
        else (f"{low}–{high}")
    )
    spread = found.arrived
    rows = [
        (("arrived" if en else "han llegado"), number(spread.n, language)),
        (("still open" if en else "en curso"), number(found.open, language)),
        (("mean of those" if en else "media de quienes llegan"), duration(spread.mean_s, language)),
        (("median of those" if en else "mediana de quienes llegan"),
         duration(spread.median_s, language)),
        (("median, open ones counted (95%)" if en else "mediana, contando los en curso (95 %)"),
         f"{duration(found.median_s, language)} ({interval})"),
        (("90 in 100 within" if en else "90 de cada 100 en"), duration(found.p90_s, language)),
    ]  # fmt: skip
    return "\n".join([f"{start} → {end}", "", *table(rows)])


def sessions(found: Any, language: Language) -> str:
    """Say how many sessions, how long, and their doors."""
    if not found.sessions:
        return NOBODY.say(language)
    en = language == "en"
    one = percent(found.of_one_step / found.sessions, language, decimals=1)
    rows = [
        (("sessions" if en else "sesiones"), number(found.sessions, language)),
        (whose(found.per, language), number(found.people, language)),
        (("of one step" if en else "de un solo paso"), one),
        (("steps: mean, median, p90" if en else "pasos: media, mediana, p90"), ", ".join(
            number(v, language, decimals=1)
            for v in (found.mean_steps, found.median_steps, found.p90_steps))),
        (("length: mean, median, p90" if en else "duración: media, mediana, p90"), ", ".join(
            duration(v, language) for v in (found.mean_s, found.median_s, found.p90_s))),
    ]  # fmt: skip
    doors = [("begin" if en else "empiezan", "")]
    doors += [(f"  {d.name}", number(d.sessions, language)) for d in found.begin[:8]]
    doors += [("end" if en else "acaban", "")]
    doors += [(f"  {d.name}", number(d.sessions, language)) for d in found.end[:8]]
    return "\n".join([*table(rows), "", *table(doors)])


def retention(found: Any, language: Language) -> str:
    """Say the grid of cohorts, in shares; the running period is marked."""
    if not found.cohorts:
        return NOBODY.say(language)
    en = language == "en"
    ages = min(max(len(cohort.active) for cohort in found.cohorts), 13)
    rows = [("cohort" if en else "cohorte", whose(found.per, language), *map(str, range(ages)))]
    for cohort in found.cohorts:
        shares = [
            percent(active / cohort.people, language)
            + ("*" if age == len(cohort.active) - 1 else "")
            for age, active in enumerate(cohort.active[:ages])
        ]
        empty = [""] * (ages - len(shares))
        rows.append((cohort.begins.isoformat(), number(cohort.people, language), *shares, *empty))
    overall = [percent(one.share, language) for one in found.overall[:ages]]
    rows.append(("all" if en else "todas", "", *overall))
    note = "* still running" if en else "* aún en curso"
    return "\n".join([*table(rows), note])


def exits(found: Any, language: Language) -> str:
    """Say where people left."""
    if not found.people:
        return NOBODY.say(language)
    en = language == "en"
    counts = [number(n, language) for n in (found.people, found.left, found.open)]
    left, open_ = ("left", "open") if en else ("se fueron", "en curso")
    who = whose(found.per, language, found.people)
    lines = [f"{counts[0]} {who} = {counts[1]} {left} + {counts[2]} {open_}", ""]
    rows = [
        ("node", "left", "of who met it", "95%", "after", "steps")
        if en
        else ("nodo", "se van", "de quien pasa", "95 %", "tras", "pasos")
    ]
    for node in found.nodes[:_LISTED]:
        interval = f"{percent(node.low, language)}–{percent(node.high, language)}"
        rows.append((
            node.name, number(node.left, language), percent(node.share, language, decimals=1),
            interval, duration(node.median_s, language), number(node.median_steps, language),
        ))  # fmt: skip
    return "\n".join([*lines, *table(rows), *_rest(len(found.nodes) - _LISTED, language)])


def influence(found: Any, language: Language) -> str:
    """Say the credit of each node, by each way of counting."""
    if not found.conversions:
        return NOBODY.say(language)
    en = language == "en"
    counts = [number(n, language) for n in (found.conversions, found.journeys, found.direct)]
    lines = [
        f"{counts[0]} of {counts[1]} reach “{found.goal}” ({counts[2]} directly)"
        if en
        else f"{counts[0]} de {counts[1]} llegan a «{found.goal}» ({counts[2]} directamente)",
        "",
    ]
    rows = [
        ("node", "first", "last", "linear", "position", "decay", "Markov", "Shapley",
         "lost without")
        if en
        else ("nodo", "primero", "último", "lineal", "posición", "decae", "Markov", "Shapley",
              "se pierde sin él")
    ]  # fmt: skip
    for c in found.credits[:_LISTED]:
        figures = (c.first, c.last, c.linear, c.position, c.decay, c.markov, c.shapley)
        rows.append((
            c.name, *(number(f, language, decimals=1) for f in figures),
            percent(c.removal_effect, language, decimals=1),
        ))  # fmt: skip
    return "\n".join([*lines, *table(rows), *_rest(len(found.credits) - _LISTED, language)])


def comparison(found: Any, language: Language) -> str:
    """Say what differs, the surest first."""
    if not (found.first_people and found.second_people):
        return NOBODY.say(language)
    en = language == "en"
    sizes = [number(n, language) for n in (found.first_people, found.second_people, found.both)]
    sure = sum(one.differs for one in found.differences)
    lines = [
        f"{found.first}: {sizes[0]} · {found.second}: {sizes[1]} {whose(found.per, language)}",
        f"{sure} of {len(found.differences)} differ (p < 0.05, {found.correction})"
        if en
        else f"{sure} de {len(found.differences)} difieren (p < 0,05, {found.correction})",
    ]
    if found.both:
        lines.append(
            f"{sizes[2]} are in both: the intervals are only approximate"
            if en
            else f"{sizes[2]} están en ambos: los intervalos son solo aproximados"
        )
    rows = [(
        "", *(("first", "second", "difference", "95%", "p") if en
              else ("primero", "segundo", "diferencia", "95 %", "p"))
    )]  # fmt: skip
    for one in found.differences[:_LISTED]:
        interval = (
            f"{percent(one.low, language, decimals=1)} … {percent(one.high, language, decimals=1)}"
        )
        rows.append((
            ("● " if one.differs else "  ") + one.name,
            percent(one.first, language, decimals=1), percent(one.second, language, decimals=1),
            percent(one.difference, language, decimals=1), interval,
            number(one.p, language, decimals=4),
        ))  # fmt: skip
    return "\n".join([*lines, "", *table(rows), *_rest(len(found.differences) - _LISTED, language)])


def members(found: Any, language: Language) -> str:
    """Say who they are, and how often they were there."""
    if not found.people:
        return NOBODY.say(language)
    where = found.node if found.then is None else f"{found.node} → {found.then}"
    rows = [
        (str(m.subject), number(m.times, language), f"{m.first_at:%Y-%m-%d %H:%M}",
         f"{m.last_at:%Y-%m-%d %H:%M}", " ".join(m.names))
        for m in found.listed
    ]  # fmt: skip
    head = f"{number(found.people, language)} {whose(found.per, language, found.people)} · {where}"
    return "\n".join([head, "", *table(rows), *_rest(found.people - len(rows), language)])


def timelines(found: Any, language: Language) -> str:
    """Say each journey's steps, one a line."""
    if not found.journeys:
        return NOBODY.say(language)
    lines = []
    for one in found.journeys:
        lines += [str(one.subject)]
        lines += table([(f"  {m.at:%Y-%m-%d %H:%M:%S}", m.name, m.channel) for m in one.steps])
    return "\n".join(lines)


def exported(count: int, language: Language) -> str:
    """Say how many steps were written."""
    n = number(count, language)
    return f"{n:step|steps} written" if language == "en" else f"{n:paso escrito|pasos escritos}"
