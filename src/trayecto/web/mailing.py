"""
Mail that goes out: encrypted, from an address that servers accept, and without anybody waiting.

`TRAYECTO_SMTP` names the server:

    smtps://user:password@mail.example.com     encrypted from the first byte (port 465)
    smtp://user:password@mail.example.com      encrypted as soon as it answers (port 587)
    smtp://relay.example.com:25?tls=no         a relay that cannot: then no password is sent
    smtp://localhost                           on this machine: as it is (port 25)

`TRAYECTO_SENDER` says who writes, such as `Journeys <cx@example.com>`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from email.utils import formataddr, parseaddr
from smtplib import SMTPException
from threading import Thread
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from trayecto.vocabulary.errors import Problem, TrayectoError
from trayecto.vocabulary.text import Text

_PORTS = {"smtps": 465, "smtp": 587}
_PLAIN_PORT = 25
_SECONDS = 20
"""How long a server may take to answer."""
_HERE = ("localhost", "127.0.0.1", "::1")
_log = logging.getLogger(__name__)


class Posting(EmailBackend):
    """Hands mail over on a thread of its own: a server that is slow or down holds up no page."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        """Return how many are on their way; what comes of them is in the log."""
        Thread(target=self._post, args=([*messages],), daemon=True).start()
        return len(messages)

    def _post(self, messages: list[EmailMessage]) -> None:
        try:
            super().send_messages(messages)
        except (OSError, SMTPException) as error:
            _log.error("mail was not sent (%s): %s", len(messages), error)


def settings_of(address: str, sender: str, hosts: Sequence[str]) -> dict[str, Any]:
    """
    Return Django's settings for mail: to the server at *address*, written by *sender*.

    Without an address mail is printed. Without a sender it is the user who signs in there, if that
    is an address, else `trayecto` at the first of *hosts*, or at the server's own. All that is
    wrong is refused at once.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    asked = dict(parse_qsl(parts.query))
    problems = [*_wrong_in(parts, asked), *_wrong_sender(sender)]
    if problems:
        raise TrayectoError(*problems)
    host, user = parts.hostname or "", unquote(parts.username or "")
    at_once = parts.scheme == "smtps"
    encrypted = at_once or asked.get("tls", "no" if host in _HERE else "yes") == "yes"
    domain = hosts[0] if hosts else host
    own = user if "@" in user else f"trayecto@{domain}"
    return {
        "EMAIL_BACKEND": f"{__name__}.{Posting.__name__}",
        "EMAIL_HOST": host,
        "EMAIL_PORT": parts.port or (_PORTS[parts.scheme] if encrypted else _PLAIN_PORT),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": at_once,
        "EMAIL_USE_TLS": encrypted and not at_once,
        "EMAIL_TIMEOUT": _SECONDS,
        "DEFAULT_FROM_EMAIL": sender or formataddr(("Trayecto", own)),
    }


def _wrong_in(parts: SplitResult, asked: dict[str, str]) -> list[Problem]:
    found = []
    if parts.scheme not in _PORTS or not parts.hostname:
        found.append(
            Text(
                en="TRAYECTO_SMTP is no address of a mail server.",
                es="TRAYECTO_SMTP no es la dirección de un servidor de correo.",
            )
        )
    elif not _has_port(parts):
        found.append(
            Text(
                en="The port in TRAYECTO_SMTP is no port.",
                es="El puerto de TRAYECTO_SMTP no es un puerto.",
            )
        )
    unknown = {key: value for key, value in asked.items() if key != "tls"}
    if unknown or asked.get("tls", "no") not in ("yes", "no"):
        found.append(
            Text(
                en="After the “?” of TRAYECTO_SMTP only tls=yes or tls=no can stand.",
                es="Tras el «?» de TRAYECTO_SMTP solo puede ir tls=yes o tls=no.",
            )
        )
    if parts.scheme == "smtp" and asked.get("tls") == "no" and parts.password:
        found.append(
            Text(
                en="TRAYECTO_SMTP would send a password that anybody on the way can read.",
                es="TRAYECTO_SMTP enviaría una contraseña que cualquiera podría leer de camino.",
            )
        )
    return [Problem(what, _SUCH_AS) for what in found]


_SUCH_AS = Text(
    en="Such as smtps://user:password@mail.example.com, or smtp://relay.example.com:25?tls=no "
    "without a password.",
    es="Por ejemplo, smtps://usuario:contraseña@correo.ejemplo.com, o "
    "smtp://relay.ejemplo.com:25?tls=no sin contraseña.",
)


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _wrong_sender(sender: str) -> list[Problem]:
    local, at, domain = parseaddr(sender)[1].rpartition("@")
    if not sender or (local and at and domain and sender.isprintable()):
        return []
    what = Text(
        en="TRAYECTO_SENDER is no mail address.",
        es="TRAYECTO_SENDER no es una dirección de correo.",
    )
    way_out = Text(
        en="Such as Journeys <cx@example.com>.", es="Por ejemplo, Journeys <cx@ejemplo.com>."
    )
    return [Problem(what, way_out)]
