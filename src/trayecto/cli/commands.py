"""
All commands, a module for each part of the story.

Each command makes one call to `flow`, which it imports late so that --help is quick.
"""

from trayecto.cli import (
    care,
    data,
    feelings,
    improve,
    journeys,
    maps,
    new,
    segments,
    serve,
    watching,
)
from trayecto.cli.options import app

__all__ = [
    "app",
    "care",
    "data",
    "feelings",
    "improve",
    "journeys",
    "maps",
    "new",
    "segments",
    "serve",
    "watching",
]
