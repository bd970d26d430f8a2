"""How the report opens: what was asked, what was measured, and what was found, in sentences."""

from __future__ import annotations

import re
from html import unescape

from trayecto.contrast.findings import Finding
from trayecto.contrast.measured import Measured
from trayecto.render import words as w
from trayecto.render.poster.foot import affects
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import words as r
from trayecto.render.report.html import NO_HTML, Html, el, filled, joined
from trayecto.render.report.stages import anchors
from trayecto.render.report.told import AT_MOST, Report
from trayecto.vocabulary.channel import channel_name
from trayecto.vocabulary.text import Text, duration


def opening(scene: Scene, measured: Measured, *, data_note: Text) -> Html:
    """Return title, question and what was measured; what is special about the data comes first."""
    question = scene.say(scene.map.question)
    return joined(
        (
            el("h1", scene.say(scene.map.title)),
            el("p", question, class_="question") if question else NO_HTML,
            el("p", scene.say(data_note), class_="note") if data_note else NO_HTML,
            el("p", joined(_sentences(scene, measured), " "), class_="measure"),
            *(el("p", scene.say(text), class_="note") for text in measured.missing),
        )
    )


def in_a_paragraph(scene: Scene, measured: Measured) -> str:
    """Return what was measured and how it ended as plain words, without a mark-up."""
    return unescape(re.sub(r"<[^>]*>", "", " ".join(_sentences(scene, measured))))


def _sentences(scene: Scene, measured: Measured) -> list[Html]:
    if not measured.totals.journeys:
        # Where it is known why, that is said below.
        more = () if measured.missing else (r.CHECK_THE_MAP,)
        return [joined((scene.say(text),)) for text in (r.NOTHING_MEASURED, *more)]
    said = [_measured_what(scene, measured), _endings(scene, measured)]
    if measured.totals.duration.median_s.value is not None:
        said.append(_whole_time(scene, measured))
    return said


def _measured_what(scene: Scene, measured: Measured) -> Html:
    totals, language = measured.totals, scene.language
    people = ""
    if scene.map.journeys.per == "person":
        people = scene.say(r.OF_PEOPLE, people=c.who(scene, totals.people))
        if totals.people == totals.journeys:
            people = scene.say(r.OF_AS_MANY)
    sources = w.listed(list(measured.sources), language) or scene.say(w.ALL_SOURCES)
    return filled(
        r.MEASURED_N.say(language),
        n=el("strong", scene.count(totals.journeys)),
        noun=scene.say(scene.map.journeys.called(totals.journeys)),
        of=people,
        period=_period(scene, measured),
        interactions=c.whole(scene.count(measured.coverage.interactions)),
        sources=sources,
    )


def _period(scene: Scene, measured: Measured) -> str:
    if measured.since is None or measured.until is None:
        return scene.say(r.WHOLE_PERIOD)
    since = w.day(measured.since.date(), scene.language)
    until = w.day(measured.until.date(), scene.language)
    return scene.say(r.FROM_TO, since=since, until=until)


def _endings(scene: Scene, measured: Measured) -> Html:
    totals, language = measured.totals, scene.language
    counts = {
        "completed": el("strong", scene.count(totals.completed)),
        "left": el("strong", scene.count(totals.left)),
        "open": el("strong", scene.count(totals.still_open)),
    }
    if not scene.map.journeys.completes and not totals.completed:
        return filled(r.NO_ENDINGS.say(language), **counts)
    if not measured.leaving_seen and totals.still_open and measured.completion_seen:
        return filled(r.OPEN_ENDINGS.say(language), **counts)
    if not measured.completion_seen:
        return filled(r.UNSEEN_ENDINGS.say(language), **counts)
    return filled(r.ENDINGS.say(language), share=_completed(scene, measured), **counts)


def _completed(scene: Scene, measured: Measured) -> Html:
    """Return the share that completes; nothing where it is unknown."""
    share = measured.totals.completed_share
    if share.value is None:
        return NO_HTML
    interval = el("span", c.share_interval(scene, share), class_="soft")
    told = joined((el("strong", c.share_words(scene, share.value)), interval), " ")
    return filled(r.OF_THOSE_OVER.say(scene.language), share=told)


def _whole_time(scene: Scene, measured: Measured) -> Html:
    times, language = measured.totals.duration, scene.language
    interval = el("span", c.time_interval(scene, times.median_s), class_="soft")
    median = joined((el("strong", duration(times.median_s.value, language)), interval), " ")
    rest = NO_HTML
    if times.target_s is not None:
        rest = filled(r.AGAINST.say(language), target=c.whole(duration(times.target_s, language)))
    if times.late:
        rest = joined((rest, ": ", el("strong", scene.say(w.LATE), class_="bad")))
    return filled(r.WHOLE_TIME.say(language), median=median, rest=rest)


def facts(scene: Scene) -> Html:
    """Return what the map is for, whose journey it is, how far it goes and who answers for it."""
    journey_map = scene.map
    pairs = [
        (w.OBJECTIVE, scene.say(journey_map.objective)),
        (r.PROTAGONIST, _protagonist(scene)),
        (w.SCOPE, scene.say(journey_map.scope)),
        (w.OWNER, " · ".join(_owner(scene))),
    ]
    items = [
        el("div", el("dt", scene.say(name)), el("dd", words)) for name, words in pairs if words
    ]
    return el("dl", *items, class_="facts") if items else NO_HTML


def _protagonist(scene: Scene) -> str:
    who = scene.map.protagonist
    if who is None:
        return ""
    channels = w.listed(
        [scene.say(channel_name(channel)) for channel in who.prefers], scene.language
    )
    said = [scene.say(who.name), scene.say(who.about)]
    if who.needs:
        said.append(f"{scene.say(w.NEEDS)}{scene.say(who.needs)}")
    if channels:
        said.append(scene.say(w.PREFERS, channels=channels))
    said.append(scene.say(who.evidence))
    return " · ".join(words.removesuffix(".") for words in said if words)


def _owner(scene: Scene) -> list[str]:
    journey_map = scene.map
    said = [
        scene.say(journey_map.owner),
        scene.say(w.VERSION, version=journey_map.version),
        scene.say(w.STATUS[journey_map.status]),
    ]
    if journey_map.review:
        said.append(scene.say(w.REVIEW, date=w.day(journey_map.review, scene.language)))
    return [words for words in said if words]


def findings_list(scene: Scene, report: Report) -> Html:
    """Return the findings, the gravest first: as many as are read in two minutes, then the rest."""
    return joined((_on_paper(scene, report), _findings(scene, report)))


def _on_paper(scene: Scene, report: Report) -> Html:
    """Return what was measured once more, for paper alone: there the poster has the first sheet."""
    measured = report.measured
    said = [
        el("p", scene.say(report.data_note), class_="note") if report.data_note else NO_HTML,
        el("p", joined(_sentences(scene, measured), " "), class_="measure"),
        *(el("p", scene.say(text), class_="note") for text in measured.missing),
    ]
    return el("div", *said, class_="printed")


def _findings(scene: Scene, report: Report) -> Html:
    if not report.measured.totals.journeys:
        return el("p", scene.say(r.NOTHING_TO_FIND), class_="measure")
    if not report.findings:
        return el("p", scene.say(r.NO_FINDINGS), class_="measure")
    items = [_finding(scene, one, place) for place, one in enumerate(report.findings, start=1)]
    first, rest = items[:AT_MOST], items[AT_MOST:]
    told = el("ol", *first, class_="findings")
    if not rest:
        return told
    summary = el("summary", scene.say(r.MORE_FINDINGS, n=scene.count(len(rest))))
    more = el("ol", *rest, class_="findings", start=AT_MOST + 1)
    return joined((told, el("details", summary, more)))


def _finding(scene: Scene, finding: Finding, place: int) -> Html:
    below: list[str] = [scene.say(r.KINDS[finding.kind])]
    if finding.people:
        below.append(affects(scene, finding))
    anchor, name = anchors(scene).get(finding.where or "", (None, ""))
    if anchor:
        quoted = scene.say(r.QUOTED, words=name)
        below.append(el("a", scene.say(r.SEE, place=quoted), href=f"#{anchor}"))
    return el(
        "li",
        el("span", str(place), class_="numeral", aria_hidden="true"),
        el("h3", scene.say(finding.headline)),
        el("p", scene.say(finding.detail)),
        el("p", joined(below, " · "), class_="soft"),
    )
