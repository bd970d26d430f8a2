"""A fault, from the first word of it until it works again: one ticket of the help desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from trayecto.demo.company import said
from trayecto.demo.company.customer import Customer, Facts

Feels = Literal["bad", "neutral", "good"]
CHANNELS = {
    "familia": {"phone": 0.5, "whatsapp": 0.3, "app": 0.2},
    "joven": {"phone": 0.2, "whatsapp": 0.45, "app": 0.35},
    "mayor": {"phone": 0.9, "whatsapp": 0.08, "app": 0.02},
    "autonomo": {"phone": 0.6, "whatsapp": 0.3, "app": 0.1},
}
TEST_HOURS = 5.0
"""Behind the scenes: the line is promised to be tested within two hours."""
SOLVED_FROM_AFAR = 0.44
ESCALATED, ESCALATION_DAYS = 0.2, 2.5
VISIT_DAYS = 2.6
BOOKED = {"at once": 3.6, "late": 2.4}
"""What the appointment is worth to them, from 1 to 5: less where they waited days for it."""
ASKS_AGAIN: Mapping[Feels, float] = {"bad": 0.85, "neutral": 0.5, "good": 0.25}
LEAVES = {"asked": 0.22, "quiet": 0.02}
"""
A planted pain: nobody tells how it is going, so people ask, those who feel bad above all; and
whoever asks leaves more.
"""
REOPENED = 0.13


def has_a_fault(customer: Customer) -> None:
    """Let one customer live a fault."""
    customer.tickets += 1
    shares = CHANNELS[customer.segment]
    (channel,) = customer.chance.choices(list(shares), list(shares.values()))
    ticket: Facts = {
        "ticket_id": f"INC-{customer.number * 10 + customer.tickets:06d}",
        "user_id": customer.user_id, "email": customer.email, "segment": customer.segment,
    }  # fmt: skip
    customer.does("helpdesk", "fault_reported", channel=channel, **ticket,
                  text=customer.one_of(said.FAULTS))  # fmt: skip
    customer.waits(days=0.004)
    customer.does("helpdesk", "auto_reply", channel="sms", **ticket)
    customer.waits(days=TEST_HOURS / 24)
    customer.does("helpdesk", "line_tested", channel="internal", **ticket)
    if customer.may(SOLVED_FROM_AFAR):
        customer.waits(days=0.1)
        customer.does("helpdesk", "solved_remotely", channel=channel,
                      csat=customer.rates(4.4, answers=0.3), **ticket)  # fmt: skip
        works_again(customer, ticket, usual=4.4)
    else:
        is_visited(customer, ticket)


def is_visited(customer: Customer, ticket: Facts) -> None:
    """Wait for a technician, sometimes for the network team first; ask, and perhaps leave."""
    late = customer.may(ESCALATED)
    if late:
        customer.waits(days=0.3)
        customer.does("helpdesk", "escalated_to_network", channel="internal", **ticket)
        customer.waits(days=ESCALATION_DAYS)
    else:
        customer.waits(days=0.2)
    # Everybody feels something about the appointment; half of them say so.
    mark = customer.rates(BOOKED["late" if late else "at once"], answers=1)
    customer.does("helpdesk", "visit_booked", channel="sms",
                  csat=mark if customer.may(0.5) else "", **ticket)  # fmt: skip
    asks = customer.may(ASKS_AGAIN[_felt(mark)])
    for _ in range(asks + (asks and customer.may(0.35))):
        customer.waits(days=1.0)
        customer.does("helpdesk", "asked_how_it_goes", channel="phone", **ticket,
                      text=customer.one_of(said.STILL_WAITING))  # fmt: skip
    if customer.may(LEAVES["asked" if asks else "quiet"]):
        customer.waits(days=0.8)
        customer.does("helpdesk", "asked_to_leave", channel="phone", **ticket,
                      text=customer.one_of(said.LEAVES))  # fmt: skip
        return
    customer.waits(days=VISIT_DAYS - asks)
    customer.does("helpdesk", "repair_visit", channel="face_to_face",
                  csat=customer.rates(4.2, answers=0.35), **ticket)  # fmt: skip
    customer.waits(days=0.05)
    works_again(customer, ticket, usual=2.7 if asks else 4.1)


def _felt(mark: str) -> Feels:
    return "bad" if int(mark) <= 2 else "good" if int(mark) >= 4 else "neutral"


def works_again(customer: Customer, ticket: Facts, *, usual: float) -> None:
    """Hear that it is solved, say how it went, and sometimes find that it is not."""
    customer.does("helpdesk", "solved_sms", channel="sms", **ticket)
    if customer.may(REOPENED):
        customer.waits(days=1.5)
        customer.does("helpdesk", "reopened", channel="phone", **ticket,
                      text=customer.one_of(said.NOT_SOLVED))  # fmt: skip
        customer.waits(days=1.2)
        customer.does("helpdesk", "solved_sms", channel="sms", **ticket)
        usual -= 1.2
    customer.waits(days=0.6)
    if score := customer.rates(usual, answers=0.45):
        good = int(score) >= 4
        text = customer.one_of(said.THANKS if good else said.BAD_SERVICE, of=0.6)
        customer.does("helpdesk", "satisfaction_survey", channel="email", csat=score, text=text,
                      **ticket)  # fmt: skip
    customer.waits(days=1.0, spread=0.2)
    customer.does("helpdesk", "ticket_closed", channel="internal", **ticket)
