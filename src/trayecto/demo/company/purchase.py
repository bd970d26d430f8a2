"""Buying a phone or a gadget, online or in a store, and giving it back."""

from __future__ import annotations

from trayecto.demo.company import said
from trayecto.demo.company.customer import BETTER, Customer

ADVISED = 0.27
CARTS = 0.62
"""Of those who are not advised in a store, how many put the product in the cart."""
PAYMENT_FAILS = 0.16
ORDERS = {"paid": 0.72, "failed": 0.4}
"""A planted pain: the bank's page fails, and who meets it buys less."""
SELLS = 0.64
"""Of those advised in a store, how many buy there."""
REMINDED, COMES_BACK = 0.5, 0.3
SHIP_DAYS, DELIVERY_DAYS = 1.1, 1.8
RETURNS = {"online": 0.21, "store": 0.06}
"""A planted truth: what is bought with advice stays."""
REFUND_DAYS = {"before": 9.0, "after": 4.0}
"""The improvement: from April on, the store refunds without waiting for the warehouse."""
_PRODUCTS = {
    "Móvil Brisa 12": 349, "Móvil Brisa 12 Pro": 629, "Tableta Lumen 11": 259,
    "Auriculares Eco": 79, "Router Malla 6": 119, "Reloj Pulso 3": 189, "Móvil Nimbo SE": 219,
    "Móvil Brisa 12 Ultra": 1_099,
}  # fmt: skip
_MONTHS = ("enero", "febrero", "marzo", "abril", "mayo", "junio")


def buys(customer: Customer) -> None:
    """Let one customer live a purchase."""
    product = customer.chance.choice(list(_PRODUCTS))
    known = {"product": product, "segment": customer.segment}
    if customer.may(0.35):
        customer.does("email", "campaign_click", email=customer.email,
                      campaign=f"Ofertas de {_MONTHS[customer.now.month - 1]}")  # fmt: skip
        customer.waits(days=0.01)
    for _ in range(1 + min(7, int(customer.chance.expovariate(0.45)))):
        customer.does("shop", "product_view", anonymous_id=customer.device,
                      csat=customer.rates(3.1, answers=0.05), **known)  # fmt: skip
        customer.waits(days=0.3, spread=1.0)
    if customer.may(0.22):
        customer.does("shop", "compare_models", anonymous_id=customer.device, **known)
        customer.waits(days=0.2)
    if customer.may(ADVISED + (0.2 if customer.segment == "mayor" else 0)):
        goes_to_store(customer, known)
    elif customer.may(CARTS):
        orders_online(customer, known)


def goes_to_store(customer: Customer, known: dict[str, str]) -> None:
    """Ask for advice in a store, and buy there or not."""
    here = {"phone": customer.phone, **known}
    customer.waits(days=1.4)
    customer.does("till", "store_advice", csat=customer.rates(4.4), **here)
    if not customer.may(SELLS):
        return
    customer.waits(days=0.02)
    customer.does("till", "store_sale", amount=_price(known), email=customer.email,
                  **here)  # fmt: skip
    customer.waits(days=5)
    has_it(customer, known, returns=RETURNS["store"])


def orders_online(customer: Customer, known: dict[str, str]) -> None:
    """Put it in the cart, pay or not, and be reminded."""
    own = {"anonymous_id": customer.device, **known}
    # Six in ten sign in before they pay; the others give their address with the order.
    if customer.may(0.6):
        own["email"] = customer.email
    customer.does("shop", "add_to_cart", csat=customer.rates(3.5, answers=0.1), **own)
    customer.waits(days=0.01)
    failed = customer.may(PAYMENT_FAILS)
    if failed:
        customer.does("shop", "payment_error", **own)
        customer.waits(days=0.01)
    if not customer.may(ORDERS["failed" if failed else "paid"]):
        if "email" not in own or not customer.may(REMINDED):
            return
        customer.waits(days=1.0, spread=0.1)
        customer.does("email", "cart_reminder", email=customer.email, campaign="Carrito olvidado")
        if not customer.may(COMES_BACK):
            return
        customer.waits(days=0.6)
    customer.does("shop", "order_placed", amount=_price(known), phone=customer.phone,
                  csat=customer.rates(3.9, answers=0.2),
                  **{**own, "email": customer.email})  # fmt: skip
    is_delivered(customer, known)


def is_delivered(customer: Customer, known: dict[str, str]) -> None:
    """Wait for the parcel: it leaves the warehouse, somebody looks where it is, it comes."""
    by_mail = {"email": customer.email, **known}
    customer.waits(days=SHIP_DAYS)
    customer.does("shop", "shipped", **by_mail)
    left = customer.now
    customer.waits(days=DELIVERY_DAYS)
    arrives = customer.now
    if (arrives - left).days >= 2 and customer.may(0.6):
        customer.now = left + (arrives - left) * 0.8
        customer.does("shop", "order_status", **by_mail)
        customer.now = arrives
    customer.does("shop", "delivered", csat=customer.rates(4.2, answers=0.3), **by_mail)
    customer.waits(days=4)
    has_it(customer, known, returns=RETURNS["online"])


def has_it(customer: Customer, known: dict[str, str], *, returns: float) -> None:
    """Keep it and perhaps say how it is, or give it back and wait for the money."""
    if not customer.may(returns):
        if customer.may(0.3):
            customer.does("shop", "review", email=customer.email,
                          text=customer.one_of(said.LIKES_IT),
                          csat=customer.rates(4.4, answers=1), **known)  # fmt: skip
        return
    customer.does("shop", "return_requested", email=customer.email,
                  text=customer.one_of(said.RETURNS, of=0.7), **known)  # fmt: skip
    customer.waits(days=3)
    customer.does("till", "return_in_store", phone=customer.phone, **known)
    quick = customer.now >= BETTER
    customer.waits(days=REFUND_DAYS["after" if quick else "before"], spread=0.4)
    customer.does("shop", "refund", email=customer.email, amount=f"-{_price(known)}",
                  text=customer.one_of(said.WAITS_FOR_MONEY, of=0 if quick else 0.3),
                  csat=customer.rates(3.9 if quick else 2.0, answers=0.5), **known)  # fmt: skip


def _price(known: dict[str, str]) -> str:
    return f"{_PRODUCTS[known['product']]:.2f}"
