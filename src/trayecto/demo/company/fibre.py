"""Joining fibre and mobile: from the advert to the first invoice, and who gives up on the way."""

from __future__ import annotations

from datetime import timedelta

from trayecto.demo.company import said
from trayecto.demo.company.customer import BETTER, Customer

SIGNS = {"asked": 0.82, "visited": 0.55, "alone": 0.34}
"""A planted truth: whoever asks on WhatsApp signs far more often."""
ASKS = {"familia": 0.3, "joven": 0.48, "mayor": 0.08, "autonomo": 0.3}
VISITS = {"familia": 0.25, "joven": 0.1, "mayor": 0.6, "autonomo": 0.22}
SLIPS = 0.5
"""A planted pain: the appointment slips without notice, people call, and some give up."""
CALLS = {"untold": 0.72, "told": 0.25}
CANCELS = {"called": 0.42, "quiet": 0.04}
NETWORK_DAYS, APPOINTMENT_DAYS = 1.9, 0.2
VISIT_DAYS = {"held": 3.5, "slipped": 10.0}


def joins(customer: Customer) -> None:
    """Let one customer live the sign-up."""
    arrives(customer)
    if customer.may(0.12):
        return
    asked, visited = compares(customer)
    how = "asked" if asked else "visited" if visited else "alone"
    if customer.may(SIGNS[how]):
        signs(customer, in_store=visited)
        is_installed(customer)


def arrives(customer: Customer) -> None:
    """Come by an advert, a search, both or neither."""
    if customer.may(0.62):
        customer.does("web", "ad_click", anonymous_id=customer.device, path="/fibra")
        customer.waits(days=0.02)
    if customer.may(0.55):
        customer.does("web", "search_visit", anonymous_id=customer.device, path="/")
        customer.waits(days=1.5)


def compares(customer: Customer) -> tuple[bool, bool]:
    """Look at the plans, and perhaps ask; tell whether on WhatsApp and whether in a store."""
    for _ in range(1 + customer.may(0.45) + customer.may(0.2)):
        customer.does("web", "plans_page", anonymous_id=customer.device, path="/tarifas",
                      csat=customer.rates(2.8, answers=0.15))  # fmt: skip
        customer.waits(days=2.2)
    asked = customer.may(ASKS[customer.segment])
    if asked:
        customer.does("whatsapp", "whatsapp_question", wa_id=customer.wa_id,
                      text=customer.one_of(said.ASKED), csat=customer.rates(4.3))  # fmt: skip
        customer.waits(days=0.8)
    visited = customer.may(VISITS[customer.segment])
    if visited:
        customer.does("store", "store_visit", phone=customer.phone, csat=customer.rates(4.0))
        customer.waits(days=1.1)
    return asked, visited


def signs(customer: Customer, *, in_store: bool) -> None:
    """Sign, be welcomed, and wait for the network and for the appointment behind the scenes."""
    pleased = customer.rates(4.1)
    known = {"user_id": customer.user_id, "email": customer.email, "csat": pleased}
    if in_store:
        customer.does("store", "contract_signed", phone=customer.phone, **known)
    else:
        customer.does("web", "contract_signed", anonymous_id=customer.device, path="/alta/gracias",
                      **known)  # fmt: skip
    customer.now += timedelta(minutes=5 + customer.number % 5)
    consents = "no" if customer.may(0.28) else "sí"
    owner = {"user_id": customer.user_id, "segment": customer.segment}
    customer.does("crm", "welcome_email", channel="email", email=customer.email,
                  phone=customer.phone, opt_in=consents, **owner)  # fmt: skip
    customer.waits(days=NETWORK_DAYS)
    customer.does("crm", "network_order", channel="internal", **owner)
    customer.waits(days=APPOINTMENT_DAYS)
    customer.does("crm", "appointment_sms", channel="sms", phone=customer.phone, **owner)


def is_installed(customer: Customer) -> None:
    """Wait for the technician, who comes as agreed or not."""
    slips = customer.may(SLIPS)
    told = slips and customer.now >= BETTER
    if told:
        customer.waits(days=0.8)
        customer.does("whatsapp", "appointment_moved", wa_id=customer.wa_id,
                      csat=customer.rates(3.4, answers=0.2))  # fmt: skip
    customer.waits(days=VISIT_DAYS["slipped" if slips else "held"])
    called = slips and customer.may(CALLS["told" if told else "untold"])
    for _ in range(called + (called and customer.may(0.4))):
        customer.does("calls", "where_is_technician_call", phone=customer.phone,
                      text=customer.one_of(said.NOBODY_CAME), csat=customer.rates(1.4))  # fmt: skip
        customer.waits(days=1.2)
    if customer.may(CANCELS["called" if called else "quiet"]):
        customer.does("calls", "portability_cancelled", phone=customer.phone,
                      text=customer.one_of(said.GIVES_UP), csat=customer.rates(1.5))  # fmt: skip
        return
    customer.does("field", "technician_visit", user_id=customer.user_id,
                  csat=customer.rates(3.2 if called else 4.5, answers=0.6))  # fmt: skip
    customer.waits(days=0.05)
    customer.does("field", "first_connection", user_id=customer.user_id)
    customer.waits(days=21, spread=0.25)
    is_billed(customer, called=called)


def is_billed(customer: Customer, *, called: bool) -> None:
    """Get the first invoice, and look for help where it is not what was promised."""
    customer.does("billing", "first_invoice", user_id=customer.user_id, email=customer.email,
                  amount=f"{customer.chance.uniform(38, 71):.2f}",
                  csat=customer.rates(2.4))  # fmt: skip
    customer.waits(days=1.5)
    if customer.may(0.22):
        customer.does("web", "help_article", user_id=customer.user_id, path="/ayuda/prorrateo",
                      csat=customer.rates(3.2))  # fmt: skip
        customer.waits(days=0.1)
    if customer.may(0.17):
        customer.does("calls", "help_call", phone=customer.phone,
                      text=customer.one_of(said.INVOICE), csat=customer.rates(3.6))  # fmt: skip
        customer.waits(days=0.5)
    if customer.may(0.45):
        customer.waits(days=2)
        answers(customer, 6 if called else 9)


def answers(customer: Customer, usual: int) -> None:
    """Answer the survey around the usual score."""
    score = customer.recommends(usual)
    spoken = said.RECOMMENDS if int(score) >= 9 else said.REGRETS if int(score) <= 6 else ()
    text = customer.one_of(spoken, of=0.5) if spoken else ""
    customer.does("survey", "survey_nps", email=customer.email, nps=score, text=text)
