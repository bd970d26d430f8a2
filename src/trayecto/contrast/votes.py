"""
The votes of a map: who stayed and who left at each voting point, and what went before.

Everybody who came to the point votes once. Stayed, left and neither add up to all of those whose
vote was watched for its whole time; *undecided* are the others, who count for as long as they were
watched (see `contrast.incidence`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from trayecto.contrast.incidence import End, Incidence, incidence
from trayecto.journeys.fated import Asked, Cast, Feels, Voted
from trayecto.maps.document import JourneyMap
from trayecto.vocabulary.estimate import Estimate, unknown

Wait = Literal["short", "middling", "long", "none"]
FEELINGS: tuple[Feels, ...] = ("good", "neutral", "bad", "unknown")
WAITS: tuple[Wait, ...] = ("short", "middling", "long", "none")


_NEVER = 1 << 60
"""More than ever vote."""


@dataclass(frozen=True, slots=True)
class Ballots:
    """
    The votes of some people: how many were *cast*, and what became of them in the vote's time.

    *undecided* were not watched for all of it, and had neither stayed nor left by then.
    """

    cast: int
    stayed_n: int
    left_n: int
    neither_n: int
    undecided: int
    stayed: Estimate
    left: Estimate
    neither: Estimate


@dataclass(frozen=True, slots=True)
class Group:
    """The ballots of those who felt, said or waited alike; *named* says how."""

    named: str
    ballots: Ballots


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The shares that had stayed and left so long after the vote, and how many could still do."""

    after_s: float
    at_risk: int
    stayed: float
    left: float


@dataclass(frozen=True, slots=True)
class VoteMeasure:
    """
    One voting point, measured.

    *within_s* is the vote's time: the map's, or else its silence, or else all that was watched.
    *wait_limits_s* part short, middling and long waits: the promise and its double, or thirds.
    """

    id: str
    within_s: float
    all: Ballots
    felt: tuple[Group, ...]
    """By what they felt up to the vote: good, neutral, bad, unknown."""
    said: tuple[Group, ...]
    """By their last answer to a survey up to the vote: good, neutral, bad, unknown."""
    waited: tuple[Group, ...]
    wait_limits_s: tuple[float, float] | None
    curve: tuple[CurvePoint, ...]

    @property
    def says_more(self) -> bool:
        """Tell whether what they felt is known from more than what they answered."""
        return self.felt != self.said

    def group(self, by: Literal["felt", "said", "waited"], named: str) -> Ballots | None:
        """Return the ballots of one group."""
        groups = {"felt": self.felt, "said": self.said, "waited": self.waited}[by]
        return next((group.ballots for group in groups if group.named == named), None)


def asked(journey_map: JourneyMap, *, watched: timedelta) -> tuple[Asked, ...]:
    """Return the voting points by place; *watched* is how long the data are, for want of time."""
    usual = journey_map.journeys.silence or max(watched, timedelta(seconds=1))
    return tuple(
        Asked(
            place,
            (touchpoint.vote.within or usual).total_seconds(),
            touchpoint.within.total_seconds() if touchpoint.within else None,
        )
        for place, touchpoint in enumerate(journey_map.touchpoints())
        if touchpoint.vote
    )


def count(
    journey_map: JourneyMap, voted: Iterable[Voted], *, parts: int, seen: Collection[str]
) -> tuple[VoteMeasure, ...]:
    """
    Return the measures of the voting points; *parts* is what a vote's time was divided into.

    *seen* are the touchpoints from which staying and leaving could be noticed: of the others no
    share is known, however many voted.
    """
    ids = [touchpoint.id for touchpoint in journey_map.touchpoints()]
    least = [journey_map.minimum if one in seen else _NEVER for one in ids]
    return tuple(
        _vote(ids[vote.place], vote, parts=parts, minimum=least[vote.place]) for vote in voted
    )


def _vote(id: str, vote: Voted, *, parts: int, minimum: int) -> VoteMeasure:
    def grouped(named: Callable[[Cast], str], names: Sequence[str]) -> tuple[Group, ...]:
        return tuple(
            Group(name, ballots(some, parts=parts, minimum=minimum))
            for name in names
            if (some := [cast for cast in vote.casts if named(cast) == name])
        )

    whole = incidence(_ended(vote.casts), last=parts)
    return VoteMeasure(
        id,
        vote.within_s,
        ballots(vote.casts, parts=parts, minimum=minimum),
        grouped(lambda cast: cast.felt, FEELINGS),
        grouped(lambda cast: cast.said, FEELINGS),
        grouped(lambda cast: "none" if cast.band is None else WAITS[cast.band], WAITS),
        vote.limits,
        tuple(_points(whole, vote.within_s, parts=parts, minimum=minimum)),
    )


def ballots(casts: Sequence[Cast], *, parts: int, minimum: int) -> Ballots:
    """Return what became of some votes; shares of fewer than *minimum* known ones are unknown."""
    ended = _ended(casts)
    fates = Counter[str]()
    for (part, fate), n in ended.items():
        fates["neither" if fate == "unknown" and part >= parts else fate] += n
    found = incidence(ended, last=parts)
    cast = sum(one.count for one in casts)
    known = fates["stayed"] + fates["left"] + fates["neither"]
    return Ballots(
        cast,
        fates["stayed"],
        fates["left"],
        fates["neither"],
        cast - known,
        *(_told(share, known, minimum) for share in (found.stayed, found.left, found.neither)),
    )


def _told(share: Estimate, known: int, minimum: int) -> Estimate:
    return share.at_least(minimum) if known else unknown()


def _ended(casts: Iterable[Cast]) -> Mapping[tuple[int, End], int]:
    ended = Counter[tuple[int, End]]()
    for cast in casts:
        if cast.seen:
            ended[cast.part, cast.fate] += cast.count
    return ended


def _points(whole: Incidence, within_s: float, *, parts: int, minimum: int) -> Iterator[CurvePoint]:
    """Give the curve for as long as enough people are watched."""
    for instant in whole.curve:
        if instant.at_risk < minimum:
            return
        yield CurvePoint(
            within_s * instant.at / parts,
            instant.at_risk,
            instant.share_stayed,
            instant.share_left,
        )
