"""The votes in the report: who stayed and who left, by what they felt, said and waited."""

from __future__ import annotations

from collections.abc import Iterator

from trayecto.contrast.vote_words import named
from trayecto.contrast.votes import Ballots, VoteMeasure
from trayecto.render.poster.scene import Scene
from trayecto.render.report import cells as c
from trayecto.render.report import definitions_judged as j
from trayecto.render.report.html import NO_HTML, Column, Html, Row, el, joined, table
from trayecto.vocabulary.text import Text, duration

VOTES = Text(en="Votes", es="Votos")
_LEAD = Text(
    en="Everybody who comes to a voting point votes once. They stay when they go further right on "
    "the map, or complete; they leave by an exit, or with the last step before a silence for good, "
    "which is known only when the silence is over. Whoever is not watched for the whole time of "
    "the vote is undecided, and counts for as long as they were watched.",
    es="Quien llega a un punto de votación vota una vez. Se queda si avanza hacia la derecha en el "
    "mapa o si completa; se va por una salida, o con el último paso antes de un silencio "
    "definitivo, que solo se sabe cuando ha pasado. De quien aún no se ha observado todo el plazo "
    "no se sabe: cuenta solo el tiempo observado.",
)
_CAPTION = Text(
    en="Who stays and who leaves after “{name}”, within {time}",
    es="Quién se queda y quién se va tras «{name}», en {time}",
)
_WHO, _ALL = Text(en="Who", es="Quiénes"), Text(en="everybody", es="todos")
_CAST, _STAYED = Text(en="Votes", es="Votos"), Text(en="Stay", es="Se quedan")
_LEFT, _NEITHER = Text(en="Leave", es="Se van"), Text(en="Neither in time", es="Ni uno ni otro")
_UNDECIDED = Text(en="Undecided", es="Por decidir")
_STAYS, _LEAVES = (
    Text(en="To stay: {what}.", es="Quedarse: {what}."),
    Text(en="To leave: {what}.", es="Irse: {what}."),
)


def votes_section(scene: Scene) -> Html:
    """Return a table for each voting point."""
    lead = el("p", scene.say(_LEAD), class_="measure")
    return joined((lead, *(_vote(scene, vote) for vote in scene.judged.votes)))


def _vote(scene: Scene, vote: VoteMeasure) -> Html:
    touchpoint = next(t for t in scene.map.touchpoints() if t.id == vote.id)
    columns = (
        Column(scene.say(_WHO), figures=False, part=40),
        Column(scene.say(_CAST), part=10),
        Column(scene.say(_STAYED), j.VOTED, part=13),
        Column(scene.say(_LEFT), j.VOTED, part=13),
        Column(scene.say(_NEITHER), j.VOTED, part=13),
        Column(scene.say(_UNDECIDED), j.UNDECIDED, part=11),
    )
    time = duration(vote.within_s, scene.language)
    caption = scene.say(_CAPTION, name=scene.say(touchpoint.name), time=time)
    drawn = touchpoint.vote
    meant = NO_HTML
    if drawn:
        stays = scene.say(_STAYS, what=_lower(scene.say(drawn.stays)))
        leaves = scene.say(_LEAVES, what=_lower(scene.say(drawn.leaves)))
        meant = el("p", f"{stays} {leaves}", class_="measure")
    name = el("h3", scene.say(touchpoint.name))
    return joined((name, meant, table(caption, columns, _rows(scene, vote))))


def _lower(words: str) -> str:
    return (words[:1].lower() + words[1:]).rstrip(".")


def _rows(scene: Scene, vote: VoteMeasure) -> Iterator[Row]:
    yield _row(scene, el("span", scene.say(_ALL), class_="strong"), vote.all)
    for name, ballots in named(vote):
        yield _row(scene, el("span", scene.say(name)), ballots)


def _row(scene: Scene, head: Html, ballots: Ballots) -> Row:
    return Row(
        head,
        (
            c.count_cell(scene, ballots.cast),
            joined((c.share_cell(scene, ballots.stayed), c.bar(ballots.stayed.value, look="good"))),
            joined((c.share_cell(scene, ballots.left), c.bar(ballots.left.value, look="bad"))),
            c.share_cell(scene, ballots.neither),
            c.count_cell(scene, ballots.undecided),
        ),
    )
