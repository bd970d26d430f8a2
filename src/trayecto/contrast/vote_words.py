"""What the votes say, in plain words: who leaves more, and who said one thing and did another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from trayecto.contrast.findings import Finding
from trayecto.contrast.votes import Ballots, VoteMeasure
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, minus
from trayecto.vocabulary.filled import filled, share_words, time_words
from trayecto.vocabulary.text import Text

_NOTABLE_SHARE = 0.1
"""Fewer than one in ten of the happy who leave is no finding."""

FELT: Mapping[str, Text] = {
    "good": Text(en="felt good", es="se sentían bien"),
    "neutral": Text(en="felt neither good nor bad", es="no se sentían ni bien ni mal"),
    "bad": Text(en="felt bad", es="se sentían mal"),
    "unknown": Text(en="did not say how they felt", es="no dijeron cómo se sentían"),
}
SAID: Mapping[str, Text] = {
    "good": Text(en="said they were happy", es="decían estar contentos"),
    "neutral": Text(en="said it was fair", es="decían que ni bien ni mal"),
    "bad": Text(en="said they were unhappy", es="decían estar descontentos"),
    "unknown": Text(en="had answered no survey", es="no habían respondido a ninguna encuesta"),
}


def waited(vote: VoteMeasure, named: str) -> Text:
    """Return how long those of a group had waited before the vote."""
    if named == "none" or vote.wait_limits_s is None:
        return Text(en="began here", es="empezaron aquí")
    low, high = (time_words(end) for end in vote.wait_limits_s)
    if named == "short":
        return filled("waited {low} or less", "esperaron {low} o menos", low=low)
    if named == "middling":
        return filled(
            "waited between {low} and {high}", "esperaron entre {low} y {high}", low=low, high=high
        )
    return filled("waited more than {high}", "esperaron más de {high}", high=high)


def named(vote: VoteMeasure) -> list[tuple[Text, Ballots]]:
    """Return the lots of a vote with their names."""
    return [(name, ballots) for _, name, ballots in lots(vote)]


def lots(vote: VoteMeasure) -> list[tuple[str, Text, Ballots]]:
    """Return the lots of a vote as they are asked for (`felt:bad`), with their names."""
    return [
        # Where only answers tell how they felt, nothing is told twice.
        *((f"felt:{group.named}", FELT[group.named], group.ballots)
          for group in vote.felt if vote.says_more),
        *((f"said:{group.named}", SAID[group.named], group.ballots) for group in vote.said),
        *((f"waited:{group.named}", waited(vote, group.named), group.ballots)
          for group in vote.waited),
    ]  # fmt: skip


def interval(share: Estimate) -> Text:
    """Return the interval of a share, or nothing where there is none."""
    if share.low is None or share.high is None:
        return Text(en="", es="")
    return filled(
        " ({low}–{high})", " ({low}–{high})",
        low=share_words(share.low), high=share_words(share.high),
    )  # fmt: skip


def findings(journey_map: JourneyMap, votes: Iterable[VoteMeasure]) -> Iterator[Finding]:
    """Give what is worth saying of each vote, beyond how many leave."""
    names = {touchpoint.id: touchpoint.name for touchpoint in journey_map.touchpoints()}
    for vote in votes:
        yield from _apart(vote, names[vote.id], by="felt")
        yield from _apart(vote, names[vote.id], by="waited")
        yield from _happy_and_gone(vote, names[vote.id])


def _apart(vote: VoteMeasure, name: Text, *, by: Literal["felt", "waited"]) -> Iterator[Finding]:
    """Give the difference between the worst and the best lot, where it is beyond doubt."""
    worst, best = ("bad", "good") if by == "felt" else ("long", "short")
    worse, better = vote.group(by, worst), vote.group(by, best)
    if worse is None or better is None:
        return
    apart = minus(worse.left, better.left)
    if apart.value is None or apart.low is None or apart.low <= 0:
        return
    words = {"worse": share_words(worse.left.value), "better": share_words(better.left.value)}
    headline = (
        filled(
            "Who feels bad leaves more at “{name}”: {worse}, against {better} of who feels good",
            "Quien se siente mal se va más en «{name}»: el {worse}, frente al {better} de quien "
            "se siente bien",
            name=name, **words,
        )
        if by == "felt"
        else filled(
            "Who waits longest leaves more at “{name}”: {worse}, against {better}",
            "Quien más espera se va más en «{name}»: el {worse}, frente al {better}",
            name=name, **words,
        )
    )  # fmt: skip
    told = [FELT[named] if by == "felt" else waited(vote, named) for named in (worst, best)]
    yield Finding(
        "vote", vote.id, headline, _detail(vote, (worse, told[0]), (better, told[1])),
        worse.left_n, apart.value, of="journeys",
    )  # fmt: skip


def _detail(vote: VoteMeasure, worse: tuple[Ballots, Text], better: tuple[Ballots, Text]) -> Text:
    return filled(
        "Within {time}, {bad} of the {bad_n} who {bad_told} leave{bad_range}, and {good} of the "
        "{good_n} who {good_told}{good_range}. {undecided} are still undecided. It is association, "
        "not cause.",
        "En {time} se va el {bad} de {bad_n} que {bad_told}{bad_range} y el {good} de {good_n} que "
        "{good_told}{good_range}. {undecided} siguen sin decidir. Es asociación, no causa.",
        time=time_words(vote.within_s),
        bad=share_words(worse[0].left.value), bad_n=worse[0].cast, bad_told=worse[1],
        bad_range=interval(worse[0].left),
        good=share_words(better[0].left.value), good_n=better[0].cast, good_told=better[1],
        good_range=interval(better[0].left),
        undecided=worse[0].undecided + better[0].undecided,
    )  # fmt: skip


def _happy_and_gone(vote: VoteMeasure, name: Text) -> Iterator[Finding]:
    happy = vote.group("said", "good")
    if happy is None or happy.left.value is None or happy.left.value < _NOTABLE_SHARE:
        return
    unhappy = vote.group("said", "bad")
    beside = Text(en="", es="")
    if unhappy and unhappy.left.value is not None:
        beside = filled(
            " Of those who said they were unhappy, {share} leave.",
            " De quienes decían estar descontentos se va el {share}.",
            share=share_words(unhappy.left.value),
        )
    yield Finding(
        "said",
        vote.id,
        filled(
            "{share} of those who said they were happy leave at “{name}”",
            "El {share} de quienes decían estar contentos se va en «{name}»",
            share=share_words(happy.left.value), name=name,
        ),
        filled(
            "Of {cast} who had answered well, {left} left within {time}, {stayed} went on, "
            "{neither} did neither and {undecided} are undecided yet{range}.{beside}",
            "De {cast} que habían respondido bien, {left} se fueron en {time}, {stayed} siguieron, "
            "{neither} ni una cosa ni la otra y de {undecided} aún no se sabe{range}.{beside}",
            left=happy.left_n, cast=happy.cast, time=time_words(vote.within_s),
            stayed=happy.stayed_n, neither=happy.neither_n, undecided=happy.undecided,
            range=interval(happy.left), beside=beside,
        ),
        happy.left_n,
        happy.left.value,
        of="journeys",
    )  # fmt: skip
