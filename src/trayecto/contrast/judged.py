"""What is judged of a measured map beyond its counts: its votes, its moments and its pains."""

from __future__ import annotations

from dataclasses import dataclass

from trayecto.contrast.moments import MomentMeasure
from trayecto.contrast.pain import Pain
from trayecto.contrast.votes import VoteMeasure


@dataclass(frozen=True, slots=True)
class Judged:
    """The votes in the order of the map, the moments the surest first, the pains by rank."""

    votes: tuple[VoteMeasure, ...] = ()
    moments: tuple[MomentMeasure, ...] = ()
    pains: tuple[Pain, ...] = ()

    def vote(self, id: str) -> VoteMeasure | None:
        """Return the vote at a touchpoint."""
        return next((vote for vote in self.votes if vote.id == id), None)

    def pains_at(self, *ids: str) -> tuple[Pain, ...]:
        """Return the ranked pains of some touchpoints and stages, the heaviest first."""
        return tuple(pain for pain in self.pains if pain.where in ids and pain.rank)


NOT_JUDGED = Judged()
