"""The key that signs cookies and links: made once, kept beside the app database."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from secrets import token_urlsafe


@cache
def secret_key(folder: Path) -> str:
    """
    Return the key of the app in *folder*, made when it is first asked for.

    `TRAYECTO_SECRET` gives it where several machines serve one app. Without a folder (nobody
    serves yet) it lasts as long as the process.
    """
    if given := os.environ.get("TRAYECTO_SECRET"):
        return given
    if not folder.is_dir():
        return token_urlsafe(48)
    file = folder / "secret.key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii")
    key = token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(key)
    return key
