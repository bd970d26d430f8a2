"""One simulated customer: how the person is known, what the person did, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

START = datetime(2026, 1, 1)
END = datetime(2026, 7, 1)
DAYS = (END - START).days
BETTER = datetime(2026, 4, 1)
"""From this day on, whoever's appointment moves is told so by WhatsApp."""
LONGEST = 40.0
"""No wait reaches the silence that the maps declare; the few that would are drawn again."""

SEGMENTS: Mapping[str, float] = {"familia": 0.38, "joven": 0.27, "mayor": 0.2, "autonomo": 0.15}
_STAFFED = {"store", "till", "field", "calls", "delivered", "repair_visit"}
"""Systems and events of people at work: nothing of these happens at night."""
_FIRST = (
    "lucia", "martin", "sofia", "hugo", "carmen", "javier", "nuria", "pablo", "elena", "diego",
    "marta", "alvaro", "irene", "sergio", "pilar", "raul", "ines", "jorge", "laia", "unai",
    "antonio", "rosa", "manuel", "amparo", "iker", "noa", "xavier", "candela",
)  # fmt: skip
_LAST = (
    "garcia", "marquez", "soto", "vidal", "ibarra", "romero", "castro", "ferrer", "molina",
    "ortega", "navarro", "pascual", "serrano", "dominguez", "rey", "cano", "bravo", "aguirre",
)  # fmt: skip

Facts = dict[str, str]
Row = tuple[str, datetime, Facts]


@dataclass(slots=True)
class Customer:
    """One simulated customer: how the person is known, and what the person did."""

    number: int
    chance: Random
    now: datetime = START
    rows: list[Row] = field(default_factory=list)
    segment: str = "familia"
    tickets: int = 0

    @property
    def user_id(self) -> str:
        """The account, once there is a contract."""
        return f"C{self.number:05d}"

    @property
    def household(self) -> int:
        """Two neighbours by number live together."""
        return self.number // 2

    @property
    def device(self) -> str:
        """The browser; in one household of forty, the tablet that both use."""
        owner = f"h{self.household:05d}" if self.household % 40 == 0 else f"d{self.number:05d}"
        return f"{owner}-web"

    @property
    def email(self) -> str:
        """The address, as the person types it; in one household of forty, the family's."""
        if self.household % 40 == 1:
            return f"familia.{_LAST[self.household % len(_LAST)]}{self.household}@example.com"
        first, last = _FIRST[self.number % len(_FIRST)], _LAST[self.number % len(_LAST)]
        typed = f"{first}.{last}{self.number}@example.com"
        return typed.upper() if self.number % 11 == 0 else typed

    @property
    def phone(self) -> str:
        """The phone number, spelled one of four ways."""
        digits = f"6{self.number + 10_000_000:08d}"
        spelled = (
            digits, f"+34{digits}", f"0034 {digits[:3]}-{digits[3:6]}-{digits[6:]}",
            f"{digits[:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}",
        )  # fmt: skip
        return self.chance.choice(spelled)

    @property
    def wa_id(self) -> str:
        """The phone number as WhatsApp writes it."""
        return f"346{self.number + 10_000_000:08d}"

    def does(self, system: str, event: str, **known: str) -> None:
        """Write down what the person does now; where somebody must be there, once they are."""
        if system in _STAFFED or event in _STAFFED:
            self._waits_for_the_morning()
        self.rows.append((system, self.now, {"event": event, **known}))

    def _waits_for_the_morning(self) -> None:
        open_, close = 9, 20
        if not open_ <= self.now.hour < close:
            late = self.now.hour >= close
            morning = self.now.replace(hour=open_, minute=0, second=0) + timedelta(days=late)
            self.now = morning + timedelta(minutes=self.chance.uniform(0, 240))

    def waits(self, *, days: float, spread: float = 0.6) -> None:
        """Let time pass, around *days* in the median, now and then much more."""
        wait = LONGEST
        while wait >= LONGEST:
            wait = days * self.chance.lognormvariate(0, spread)
        self.now += timedelta(days=wait)

    def rates(self, usual: float, *, answers: float = 0.4) -> str:
        """Give the satisfaction (1 to 5) of the *answers* share that say it, around *usual*."""
        if not self.may(answers):
            return ""
        return str(min(5, max(1, round(self.chance.gauss(usual, 0.9)))))

    def recommends(self, usual: float) -> str:
        """Give the recommendation (0 to 10), around *usual*."""
        return str(min(10, max(0, round(self.chance.gauss(usual, 1.8)))))

    def may(self, share: float) -> bool:
        """Say yes in *share* of the cases."""
        return self.chance.random() < share

    def one_of(self, said: Sequence[str], *, of: float = 1.0) -> str:
        """Say one of these, or nothing."""
        return self.chance.choice(said) if self.may(of) else ""
