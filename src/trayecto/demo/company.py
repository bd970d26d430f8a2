"""
A simulated fibre operator: the exports its nine systems would give, with known truths inside.

Seeded, so that everybody sees the same company. The files are as untidy as real ones: other
delimiters and encodings, phones in four spellings, placeholder ids, a few rows that are no facts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

START = datetime(2026, 3, 1)
END = datetime(2026, 6, 1)
PEOPLE = 2_400


@dataclass(frozen=True, slots=True)
class Export:
    """How one system writes its file."""

    columns: tuple[str, ...]
    delimiter: str = ","
    encoding: str = "utf-8"
    time: str = "%Y-%m-%d %H:%M:%S"


EXPORTS: dict[str, Export] = {
    "web": Export(("timestamp", "event", "channel", "anonymous_id", "user_id", "email", "csat")),
    "whatsapp": Export(("fecha_hora", "evento", "telefono", "texto", "csat"), ";", "cp1252",
                       "%d/%m/%Y %H:%M"),
    "store": Export(("fecha_hora", "evento", "user_id", "email", "telefono", "csat"), ";", "cp1252",
                    "%d/%m/%Y %H:%M"),
    "crm": Export(("timestamp", "event", "channel", "user_id", "email", "phone")),
    "calls": Export(("fecha_hora", "evento", "telefono", "comentario", "csat"), ";", "utf-8",
                    "%d/%m/%Y %H:%M"),
    "field": Export(("timestamp", "event", "user_id", "csat")),
    "app": Export(("timestamp", "event", "user_id")),
    "billing": Export(("timestamp", "event", "user_id", "email", "csat")),
    "survey": Export(("timestamp", "event", "email", "nps", "comment")),
}  # fmt: skip

Row = tuple[str, datetime, dict[str, str]]


@dataclass(slots=True)
class Customer:
    """One simulated customer: how the person is known, and what the person did."""

    number: int
    chance: Random
    now: datetime
    rows: list[Row] = field(default_factory=list)

    @property
    def user_id(self) -> str:
        """The account, once there is a contract."""
        return f"C{self.number:05d}"

    @property
    def email(self) -> str:
        """The address, as the person types it."""
        typed = f"cliente{self.number}@example.com"
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

    def does(self, system: str, event: str, **known: str) -> None:
        """Write down what the person does now."""
        self.rows.append((system, self.now, {"event": event, **known}))

    def waits(self, *, days: float) -> None:
        """Let time pass, around *days* in the median, now and then much more."""
        self.now += timedelta(days=days * self.chance.lognormvariate(0, 0.6))

    def rates(self, usual: float, *, answers: float = 0.4) -> str:
        """Give the satisfaction (1 to 5) of the *answers* share that say it, around *usual*."""
        if not self.may(answers):
            return ""
        return str(min(5, max(1, round(self.chance.gauss(usual, 0.9)))))

    def may(self, share: float) -> bool:
        """Say yes in *share* of the cases."""
        return self.chance.random() < share


def write_exports(folder: Path, *, people: int = PEOPLE, seed: int = 7) -> dict[str, Path]:
    """Write the company's exports into *folder* and return the file of each system."""
    lived = _customers(people, seed)
    rows = [row for customer in lived for row in customer.rows if row[1] < END]
    files = {}
    for system, export in EXPORTS.items():
        files[system] = folder / f"{system}.csv"
        own = sorted((row for row in rows if row[0] == system), key=lambda row: row[1])
        with files[system].open("w", encoding=export.encoding, newline="") as out:
            writer = csv.writer(out, delimiter=export.delimiter)
            writer.writerow(export.columns)
            writer.writerows(_line(export, at, facts) for _, at, facts in own)
            writer.writerows(_untidy(system, export))
    return files


def _line(export: Export, at: datetime, facts: dict[str, str]) -> list[str]:
    named = {
        "timestamp": at.strftime(export.time), "fecha_hora": at.strftime(export.time),
        "evento": facts["event"], "telefono": facts.get("phone", ""),
        "texto": facts.get("comment", ""), "comentario": facts.get("comment", ""),
    }  # fmt: skip
    return [named.get(column, facts.get(column, "")) for column in export.columns]


def _untidy(system: str, export: Export) -> Iterator[list[str]]:
    """Give the few rows that every real export has and that are no facts."""
    blank = [""] * (len(export.columns) - 2)
    if system == "calls":
        yield ["32/13/2026 10:00", "help_call", *blank]
        yield ["", "help_call", *blank]
    if system == "store":
        yield ["14/04/2026 11:20", "", *blank]
    if system == "crm":
        yield ["2026-04-02 09:00:00", "welcome_email", "email", "null", "", ""]


def _customers(people: int, seed: int) -> Iterator[Customer]:
    for number in range(1, people + 1):
        chance = Random(seed * 1_000_003 + number)  # noqa: S311 - a simulation, not a secret
        start = START + timedelta(days=chance.uniform(0, 88), hours=chance.uniform(0, 10))
        customer = Customer(number, chance, start)
        _live(customer)
        yield customer


def _live(customer: Customer) -> None:
    """Let one customer live the journey from the advert to the first invoice."""
    device = f"d-{customer.number:05d}"
    if customer.may(0.62):
        customer.does("web", "ad_click", channel="advert", anonymous_id=device)
        customer.waits(days=0.02)
    if customer.may(0.55):
        customer.does("web", "search_visit", channel="web", anonymous_id=device)
        customer.waits(days=1.5)
    if customer.may(0.12):
        return
    for _ in range(1 + customer.may(0.45) + customer.may(0.2)):
        customer.does("web", "plans_page", channel="web", anonymous_id=device,
                      csat=customer.rates(2.8, answers=0.15))  # fmt: skip
        customer.waits(days=2.2)
    asked = customer.may(0.3)
    if asked:
        question = customer.chance.choice(("¿Qué incluye?", "¿Hay permanencia?"))
        customer.does("whatsapp", "whatsapp_question", phone=customer.phone, comment=question,
                      csat=customer.rates(4.3))  # fmt: skip
        customer.waits(days=0.8)
    visited = customer.may(0.28)
    if visited:
        customer.does("store", "store_visit", phone=customer.phone, csat=customer.rates(4.0))
        customer.waits(days=1.1)
    # A planted truth: whoever asks on WhatsApp signs far more often.
    if not customer.may(0.82 if asked else 0.55 if visited else 0.34):
        return
    _signs(customer, device, in_store=visited)


def _signs(customer: Customer, device: str, *, in_store: bool) -> None:
    pleased = customer.rates(4.1)
    if in_store:
        customer.does("store", "contract_signed", user_id=customer.user_id, email=customer.email,
                      phone=customer.phone, csat=pleased)  # fmt: skip
    else:
        customer.does("web", "contract_signed", channel="web", anonymous_id=device,
                      user_id=customer.user_id, email=customer.email, csat=pleased)  # fmt: skip
    customer.now += timedelta(minutes=7)
    customer.does("crm", "welcome_email", channel="email", user_id=customer.user_id,
                  email=customer.email, phone=customer.phone)  # fmt: skip
    customer.waits(days=1.3)
    customer.does("crm", "appointment_sms", channel="sms", user_id=customer.user_id,
                  phone=customer.phone)  # fmt: skip
    # A planted pain: the appointment slips without notice, people call, and some give up.
    slips = customer.may(0.46)
    customer.waits(days=11 if slips else 4)
    called = slips and customer.may(0.72)
    for _ in range(called + (called and customer.may(0.4))):
        customer.does("calls", "where_is_technician_call", phone=customer.phone,
                      comment="Tercera vez que pido fiesta para nada",
                      csat=customer.rates(1.4))  # fmt: skip
        customer.waits(days=1.2)
    if customer.may(0.31 if called else 0.05):
        customer.does("calls", "portability_cancelled", phone=customer.phone,
                      csat=customer.rates(1.5))  # fmt: skip
        _answers(customer, 1 if called else 4)
        return
    customer.does("field", "technician_visit", user_id=customer.user_id,
                  csat=customer.rates(3.2 if called else 4.5, answers=0.6))  # fmt: skip
    customer.waits(days=0.05)
    customer.does("app", "first_connection", user_id=customer.user_id)
    customer.waits(days=21)
    _is_billed(customer, called=called)


def _is_billed(customer: Customer, *, called: bool) -> None:
    customer.does("billing", "first_invoice", user_id=customer.user_id, email=customer.email,
                  csat=customer.rates(2.4))  # fmt: skip
    customer.waits(days=1.5)
    if customer.may(0.22):
        customer.does("web", "help_article", channel="web", user_id=customer.user_id,
                      csat=customer.rates(3.2))  # fmt: skip
        customer.waits(days=0.1)
    if customer.may(0.17):
        customer.does("calls", "help_call", phone=customer.phone,
                      comment="No entiendo el prorrateo", csat=customer.rates(3.6))  # fmt: skip
        customer.waits(days=0.5)
    if customer.may(0.45):
        customer.waits(days=2)
        _answers(customer, 6 if called else 9)


def _answers(customer: Customer, usual: int) -> None:
    """Answer the survey around the usual score."""
    score = min(10, max(0, round(customer.chance.gauss(usual, 1.8))))
    customer.does("survey", "survey_nps", email=customer.email, nps=str(score))
