"""
All commands, a module for each part of the story.

Each command makes one call to `flow`, which it imports late so that --help is quick.
"""

from trayecto.cli import care, data, journeys, maps, new
from trayecto.cli.options import app

__all__ = ["app", "care", "data", "journeys", "maps", "new"]
