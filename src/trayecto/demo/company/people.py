"""Everybody lives, and every system writes down what it saw of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from trayecto.demo.company import fibre, purchase, repair
from trayecto.demo.company.customer import DAYS, END, SEGMENTS, START, Customer
from trayecto.demo.company.exports import EXPORTS, write

PEOPLE = 12_000
CUSTOMERS = 0.42
"""The share who were customers already when the half year began; the others may become so."""
BUYS = 0.7
FAULTS = 0.55


def write_exports(folder: Path, *, people: int = PEOPLE, seed: int = 7) -> dict[str, Path]:
    """Write the company's exports into *folder* and return the file of each system."""
    rows = sorted(
        (row for one in lives(people, seed=seed) for row in one.rows if row[1] < END),
        key=lambda row: row[1],
    )
    return {
        system: write(folder, system, [row for row in rows if row[0] == system], Random(seed))  # noqa: S311 - a simulation, not a secret
        for system in EXPORTS
    }


def lives(people: int, *, seed: int) -> Iterator[Customer]:
    """Give everybody, after their half year; nobody's depends on how many there are."""
    for number in range(1, people + 1):
        chance = Random(seed * 1_000_003 + number)  # noqa: S311 - a simulation, not a secret
        one = Customer(number, chance)
        (one.segment,) = chance.choices(list(SEGMENTS), list(SEGMENTS.values()))
        _lives(one)
        yield one


def _lives(one: Customer) -> None:
    if one.may(CUSTOMERS):
        _uses_the_app(one)
        if one.may(FAULTS):
            _some_day(one)
            repair.has_a_fault(one)
            if one.may(0.25):
                _later(one, days=20)
                repair.has_a_fault(one)
    else:
        _some_day(one)
        fibre.joins(one)
    if one.may(BUYS):
        _some_day(one)
        for _ in range(1 + one.may(0.6) + one.may(0.4)):
            if one.now < END:
                purchase.buys(one)
                # What comes sooner would be the same idea going on.
                _later(one, days=45)


def _some_day(one: Customer) -> None:
    day = one.chance.randrange(DAYS - 2)
    # Few are up at seven; most look at things in the evening.
    one.now = START + timedelta(days=day, hours=one.chance.triangular(7, 24, 20))


def _later(one: Customer, *, days: float) -> None:
    one.now += timedelta(days=days + one.chance.expovariate(1 / 20))


def _uses_the_app(one: Customer) -> None:
    """Look at the usage and the invoice now and then, as customers do on no map."""
    often = {"joven": 15, "familia": 13, "autonomo": 13, "mayor": 4}[one.segment]
    for _ in range(int(one.chance.expovariate(1 / often))):
        _some_day(one)
        what = one.chance.choices(("app_open", "usage_check", "invoice_view"), (5, 3, 2))[0]
        one.does("app", what, user_id=one.user_id, device_id=f"d{one.number:05d}-app",
                 segment=one.segment)  # fmt: skip
