"""How each system writes its file: its names, its separators, its clock, and its dirt."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from trayecto.demo.company.customer import Row

_HERE = ZoneInfo("Europe/Madrid")
_PHONE_BY_DEFAULT = "600 000 000"
"""What is typed at the till for whoever buys a charger and gives no phone."""


@dataclass(frozen=True, slots=True)
class Export:
    """
    How one system writes its file: what each column holds, and how times are written.

    A column of a JSON file may lie within objects: `context.page.path`.
    """

    file: str
    columns: Mapping[str, str]
    time: str = "%Y-%m-%d %H:%M:%S"
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."


EXPORTS: dict[str, Export] = {
    # A web analytics platform: one event a line, each within its objects, times in UTC.
    "web": Export("web.jsonl.gz", {
        "messageId": "id", "timestamp": "at", "type": "=track", "event": "event",
        "anonymousId": "anonymous_id", "userId": "user_id", "context.traits.email": "email",
        "context.page.path": "path", "context.userAgent": "agent", "properties.csat": "csat",
    }, time="utc"),
    # The online shop's webhooks: some are delivered twice.
    "shop": Export("shop.jsonl", {
        "event_id": "id", "created_at": "at", "event": "event", "visitor_id": "anonymous_id",
        "customer.email": "email", "customer.phone": "phone", "product": "product",
        "segment": "segment", "total": "amount", "currency": "currency", "csat": "csat",
        "comment": "text",
    }, time="utc"),
    "app": Export("app.jsonl", {
        "time": "at", "event": "event", "device_id": "device_id", "user_id": "user_id",
        "segment": "segment",
    }, time="epoch_ms"),
    # The click report of an e-mail platform, as a list in Excel's "Unicode text".
    "email": Export("email.txt", {
        "Fecha": "at", "Acción": "event", "Correo electrónico": "email", "Campaña": "campaign",
    }, time="%d/%m/%Y %H:%M:%S", delimiter="\t", encoding="utf-16"),
    # Messages as the WhatsApp Business interface gives them: times in seconds, phones without +.
    "whatsapp": Export("whatsapp.json", {
        "timestamp": "at", "wa_id": "wa_id", "event": "event", "text.body": "text", "csat": "csat",
    }, time="epoch_s"),
    "calls": Export("calls.csv", {
        "fecha_hora": "at", "evento": "event", "teléfono": "phone", "comentario": "text",
        "csat": "csat",
    }, time="%d/%m/%Y %H:%M", delimiter=";"),
    # The queue of the stores.
    "store": Export("store.csv", {
        "fecha_hora": "at", "evento": "event", "user_id": "user_id", "email": "email",
        "telefono": "phone", "csat": "csat",
    }, time="%d/%m/%Y %H:%M", delimiter=";", encoding="cp1252"),
    # The till: day and hour apart, commas in the amounts.
    "till": Export("till.csv", {
        "fecha": "day", "hora": "hour", "operación": "event", "tienda": "shop", "telefono": "phone",
        "email": "email", "producto": "product", "importe": "amount", "moneda": "currency",
        "csat": "csat", "segment": "segment",
    }, delimiter=";", encoding="cp1252", decimal=","),
    "crm": Export("crm.csv", {
        "timestamp": "at", "event": "event", "channel": "channel", "user_id": "user_id",
        "email": "email", "phone": "phone", "segment": "segment", "opt_in_email": "opt_in",
    }),
    # The help desk: one line for each thing that happens to a ticket, with what was written.
    "helpdesk": Export("helpdesk.jsonl", {
        "ticket_id": "ticket_id", "created_at": "at", "event": "event", "channel": "channel",
        "requester.user_id": "user_id", "requester.email": "email", "segment": "segment",
        "comment": "text", "csat": "csat",
    }, time="utc"),
    "field": Export("field.csv", {
        "timestamp": "at", "event": "event", "user_id": "user_id", "csat": "csat",
    }),
    "billing": Export("billing.csv", {
        "fecha": "at", "evento": "event", "id_cliente": "user_id", "email": "email",
        "importe": "amount", "moneda": "currency", "csat": "csat",
    }, time="%d/%m/%Y %H:%M", delimiter=";", decimal=","),
    "survey": Export("survey.csv", {
        "timestamp": "at", "event": "event", "email": "email", "nps": "nps", "comment": "text",
    }),
}  # fmt: skip

_AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36",
)
_ROBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
_STORES = ("Madrid · Goya", "Madrid · Vallecas", "València · Colón", "Sevilla · Nervión", "Vigo")
Line = dict[str, str]


def write(folder: Path, system: str, rows: Iterable[Row], chance: Random) -> Path:
    """Write what one system saw, as it would export it, and return the file."""
    export = EXPORTS[system]
    lines = [
        _line(export, at, {**facts, **_added(system, number, facts, chance)})
        for number, (_, at, facts) in enumerate(rows, start=1)
    ]
    lines = [*_repeated(system, lines, chance), *_untidy(system, export)]
    file = folder / export.file
    if ".json" not in export.file:
        told = _table(export, lines).encode(export.encoding)
        file.write_bytes(told + _torn(system))
        return file
    objects = [_object(line) for line in lines]
    if export.file.endswith(".json"):
        told = json.dumps(objects, ensure_ascii=False, indent=1).encode()
    else:
        told = "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects).encode()
    # Without a time of its own, the same rows give the same bytes.
    file.write_bytes(gzip.compress(told, 6, mtime=0) if export.file.endswith(".gz") else told)
    return file


def _added(system: str, number: int, facts: Line, chance: Random) -> Line:
    """Return what the system adds by itself."""
    if system == "web":
        return {"id": f"w-{number:07d}", "agent": _ROBOT if number % 97 == 0
                else chance.choice(_AGENTS)}  # fmt: skip
    if system == "shop":
        return {"id": f"evt_{number:07d}", "currency": "EUR" if "amount" in facts else ""}
    if system == "till":
        return {"shop": chance.choice(_STORES), "currency": "EUR"}
    if system == "billing":
        return {"currency": "EUR"}
    return {}


def _line(export: Export, at: datetime, facts: Line) -> Line:
    """Return one row by the system's own columns."""
    known = {**facts, "at": _time(export.time, at), "day": f"{at:%d/%m/%Y}", "hour": f"{at:%H:%M}"}
    if "amount" in facts:
        known["amount"] = _money(float(facts["amount"]), export.decimal)
    return {
        column: key[1:] if key.startswith("=") else known.get(key, "")
        for column, key in export.columns.items()
    }


def _money(amount: float, decimal: str) -> str:
    if decimal == ".":
        return f"{amount:.2f}"
    return f"{amount:,.2f}".translate({ord(","): ".", ord("."): ","})


def _time(form: str, at: datetime) -> str:
    if form == "utc":
        return at.replace(tzinfo=_HERE).astimezone(UTC).isoformat(timespec="milliseconds")
    if form.startswith("epoch"):
        seconds = at.replace(tzinfo=_HERE).timestamp()
        return str(round(seconds * (1_000 if form == "epoch_ms" else 1)))
    return at.strftime(form)


def _repeated(system: str, lines: list[Line], chance: Random) -> Iterator[Line]:
    """Give the lines; some of the shop's webhooks twice, and a charger sold to nobody known."""
    for line in lines:
        yield line
        if system == "shop" and chance.random() < 0.012:
            yield line
        if system == "till" and chance.random() < 0.03:
            yield {**line, "operación": "accessory_sale", "telefono": _PHONE_BY_DEFAULT,
                   "producto": "Cargador", "importe": "19,90", "csat": "",
                   "segment": ""}  # fmt: skip


def _untidy(system: str, export: Export) -> Iterator[Line]:
    """Give the few rows that every real export has and that are no facts, or nobody's."""
    blank = dict.fromkeys(export.columns, "")
    if system == "calls":
        yield {**blank, "fecha_hora": "32/13/2026 10:00", "evento": "help_call"}
        yield {**blank, "evento": "help_call"}
        # Somebody opened the list in the wrong encoding, and saved it.
        yield {**blank, "fecha_hora": "12/05/2026 11:02", "evento": "help_call",
               "teléfono": "699 11 22 33", "comentario": "No entiendo la facturaciÃ³n"}  # fmt: skip
    if system == "store":
        yield {**blank, "fecha_hora": "14/04/2026 11:20"}
    if system == "till":
        yield {**blank, "fecha": "31/02/2026", "hora": "10:00", "operación": "store_sale",
               "importe": "1.299,00"}  # fmt: skip
        yield {**blank, "fecha": "02/04/2026", "hora": "09:00", "operación": "store_sale",
               "email": "prueba@example.com", "importe": "0,01", "moneda": "EUR"}  # fmt: skip
    if system == "crm":
        yield {**blank, "timestamp": "2026-04-02 09:00:00", "event": "welcome_email",
               "channel": "email", "user_id": "null"}  # fmt: skip
        yield {**blank, "timestamp": "2026-04-02 09:05:00", "event": "welcome_email",
               "channel": "email", "user_id": "qa-3", "email": "test@example.com"}  # fmt: skip
    if system == "shop":
        yield {**blank, "event_id": "evt_test", "created_at": "2026-03-03T08:00:00.000+00:00",
               "event": "order_placed", "customer.email": "test+pago@example.com",
               "total": "1.00", "currency": "EUR"}  # fmt: skip


def _torn(system: str) -> bytes:
    """Return the last line of a file whose transfer broke off."""
    return b"30/06/2026 18:4" if system == "store" else b""


def _table(export: Export, lines: Iterable[Line]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=export.delimiter, lineterminator="\r\n")
    writer.writerow(export.columns)
    writer.writerows(line.values() for line in lines)
    return out.getvalue()


def _object(line: Line) -> dict[str, Any]:
    """Return a row as objects within objects; what is empty is left out."""
    made: dict[str, Any] = {}
    for column, value in line.items():
        if value:
            *within, last = column.split(".")
            inner = made
            for name in within:
                inner = inner.setdefault(name, {})
            inner[last] = int(value) if last in {"csat", "time"} else value
    return made
