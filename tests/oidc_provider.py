"""
A small OpenID Connect provider, really served: what a company's own door looks like from outside.

It follows the authorization code flow with PKCE (RFC 7636) and signs its tokens (RS256). Whoever
is sent to it is *signed_in* there already, and sent back at once.
"""

from __future__ import annotations

import base64
import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any, cast
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "trayecto", "a secret of the two"


@dataclass
class Provider:
    """The provider's state: who is signed in there, and the codes it has given."""

    address: str = ""
    signed_in: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: dict[str, dict[str, Any]] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    def configuration(self) -> dict[str, Any]:
        """Return the discovery document."""
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        return {
            "issuer": self.address,
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{name}_endpoint": f"{self.address}/{path}" for name, path in ends.items()},
        }

    def keys(self) -> dict[str, Any]:
        """Return the public key."""
        made = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**made, "kid": "one", "use": "sig", "alg": "RS256"}]}

    def back(self, asked: dict[str, str]) -> str:
        """Return where somebody goes who was sent here: back, with a code or a refusal."""
        given = {"state": asked["state"]}
        if self.refuses:
            given["error"] = "access_denied"
        else:
            given["code"] = token_urlsafe(12)
            self.codes[given["code"]] = asked
        return f"{asked['redirect_uri']}?{urlencode(given)}"

    def token(self, asked: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, once; none to whoever cannot prove to have asked."""
        first = self.codes.pop(asked.get("code", ""), None)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (asked.get("client_id"), asked.get("client_secret")) == (CLIENT, SECRET)
        if not first or not known or first.get("code_challenge") != proof:
            return None
        if asked.get("redirect_uri") != first["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {**self.signed_in, "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        access = token_urlsafe(12)
        self.tokens[access] = self.signed_in
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": access, "token_type": "Bearer", "id_token": signed}


class _Door(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider = cast("_Server", self.server).provider
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", provider.back(asked))
            self.end_headers()
        elif parts.path == "/userinfo":
            bearer = self.headers.get("Authorization", "").removeprefix("Bearer ")
            self._say(provider.tokens.get(bearer))
        else:
            made = {
                "/.well-known/openid-configuration": provider.configuration(),
                "/keys": provider.keys(),
            }
            self._say(made.get(parts.path))

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(cast("_Server", self.server).provider.token(dict(parse_qsl(asked))))

    def _say(self, told: dict[str, Any] | None) -> None:
        self.send_response(400 if told is None else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told or {"error": "invalid_request"}).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    provider: Provider


@contextmanager
def provided() -> Iterator[Provider]:
    """Serve a provider."""
    server = _Server(("127.0.0.1", 0), _Door)
    server.provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
