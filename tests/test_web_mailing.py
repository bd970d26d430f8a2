"""Mail that goes out, to a real server on this machine: encrypted, in our name, without waiting."""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from queue import Queue
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.test import override_settings

from trayecto.vocabulary.errors import TrayectoError
from trayecto.web.mailing import settings_of

HERE = "127.0.0.1"
PASSWORD = "a secret of many words"


class Box:
    """Where a server puts what it takes; who signed in, with what."""

    def __init__(self) -> None:
        self.letters: Queue[Envelope] = Queue()
        self.signed_in: list[tuple[bytes, bytes]] = []

    async def handle_DATA(  # noqa: N802 - the server's own name for it
        self, server: Any, session: Any, envelope: Envelope
    ) -> str:
        """Take a letter."""
        del server, session
        self.letters.put(envelope)
        return "250 taken"

    def authenticate(self, *given: Any) -> AuthResult:
        """Let in whoever knows the password."""
        told = given[-1]
        self.signed_in.append((told.login, told.password))
        return AuthResult(success=told.password == PASSWORD.encode())


@contextmanager
def server(box: Box, **how: Any) -> Iterator[int]:
    """Serve on a free port, and return it."""
    with socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname=HERE, port=port, **how)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Return a file with the key and the certificate of a server on this machine."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HERE))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    file = tmp_path / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )  # fmt: skip
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


def write_to(address: str, sender: str = "", hosts: tuple[str, ...] = ()) -> None:
    with override_settings(**settings_of(address, sender, hosts)):
        mail.send_mail("Te mencionan", "Léelo aquí", None, ["luz@example.com"])


def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def test_mail_is_handed_to_the_server_in_the_name_of_where_the_app_is() -> None:
    box = Box()
    with server(box) as port:
        write_to(f"smtp://{HERE}:{port}", hosts=("journeys.example.com",))
        letter = box.letters.get(timeout=20)
        write_to(f"smtp://{HERE}:{port}", sender="Trayectos CX <cx@example.com>")
        other = box.letters.get(timeout=20)
    assert (letter.mail_from, letter.rcpt_tos) == (
        "trayecto@journeys.example.com",
        ["luz@example.com"],
    )
    assert other.mail_from == "cx@example.com"
    assert isinstance(other.content, bytes)
    assert b"From: Trayectos CX <cx@example.com>" in other.content


def test_the_password_is_said_only_once_nobody_can_listen(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    box = Box()
    tls = {"tls_context": server_side(certificate), "require_starttls": True,
           "authenticator": box.authenticate, "auth_require_tls": True}  # fmt: skip
    user = f"cx%40example.com:{PASSWORD.replace(' ', '%20')}"
    with server(box, **tls) as port:
        write_to(f"smtp://{user}@{HERE}:{port}?tls=yes")
        letter = box.letters.get(timeout=20)
    assert box.signed_in == [(b"cx@example.com", PASSWORD.encode())]
    assert letter.mail_from == "cx@example.com"  # who signs in is who writes


@pytest.fixture
def log() -> Iterator[Queue[str]]:
    """Return what whoever runs the app is told."""
    told: Queue[str] = Queue()
    handler, logger = logging.Handler(), logging.getLogger("trayecto.web.mailing")
    handler.emit = lambda record: told.put(record.getMessage())  # type: ignore[method-assign]
    logger.addHandler(handler)
    yield told
    logger.removeHandler(handler)


def test_a_server_that_cannot_show_who_it_is_gets_nothing(
    certificate: Path, log: Queue[str]
) -> None:
    box = Box()
    with server(box, tls_context=server_side(certificate)) as port:
        write_to(f"smtp://cx:secret@{HERE}:{port}?tls=yes")
        assert "CERTIFICATE_VERIFY_FAILED" in log.get(timeout=20)
    assert box.letters.empty()
    assert box.signed_in == []


def test_a_server_that_is_down_holds_nobody_up_and_is_told_in_the_log(log: Queue[str]) -> None:
    with server(Box()) as port:
        pass
    write_to(f"smtp://{HERE}:{port}")
    told = log.get(timeout=20)
    assert told.startswith("mail was not sent (1): ")
    assert "luz@example.com" not in told


@pytest.mark.parametrize(
    ("address", "port", "at_once", "later"),
    [
        ("smtps://mail.example.com", 465, True, False),
        ("smtp://mail.example.com", 587, False, True),
        ("smtp://relay.example.com?tls=no", 25, False, False),
        ("smtp://localhost", 25, False, False),
        ("smtp://[::1]:2525", 2525, False, False),
    ],
)
def test_mail_is_encrypted_wherever_it_leaves_the_machine(
    address: str, port: int, at_once: bool, later: bool
) -> None:
    told = settings_of(address, "", [])
    assert (told["EMAIL_PORT"], told["EMAIL_USE_SSL"], told["EMAIL_USE_TLS"]) == (
        port,
        at_once,
        later,
    )


@pytest.mark.parametrize(
    ("address", "sender", "words"),
    [
        ("mail.example.com", "", ["no es la dirección de un servidor"]),
        ("http://mail.example.com", "", ["no es la dirección de un servidor"]),
        ("smtp://mail.example.com:many", "", ["no es un puerto"]),
        ("smtp://mail.example.com?tls=perhaps", "", ["tls=yes o tls=no"]),
        ("smtp://cx:secret@mail.example.com?tls=no", "", ["cualquiera podría leer"]),
        ("smtp://mail.example.com?tsl=no", "CX", ["tls=yes o tls=no", "TRAYECTO_SENDER"]),
        ("smtp://mail.example.com", "CX <cx@>\nBcc: all@example.com", ["TRAYECTO_SENDER"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once_and_no_password_is_repeated(
    address: str, sender: str, words: list[str]
) -> None:
    with pytest.raises(TrayectoError) as stopped:
        settings_of(address, sender, [])
    told = [problem.what.say("es") for problem in stopped.value.problems]
    assert len(told) == len(words)
    assert all(each in one for one, each in zip(told, words, strict=True))
    assert "secret" not in str(stopped.value)
