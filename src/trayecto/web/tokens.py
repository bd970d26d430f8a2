"""Links that open something without an account: only a hash of them is kept."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe


def new_token() -> tuple[str, str]:
    """Return a token nobody can guess, and the hash to keep of it."""
    token = token_urlsafe(24)
    return token, hash_of(token)


def hash_of(token: str) -> str:
    """Return the hash that a token is known by."""
    return sha256(token.encode()).hexdigest()
