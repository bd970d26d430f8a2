"""What several test files need: the web app on a small workspace, and the people who use it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from xdist.scheduler import LoadScopeScheduling

from browser import chromium
from web_site import Site, furnished


class ByWhatIsShared(LoadScopeScheduling):  # type: ignore[misc]
    """
    Keeps the tests of a file that share something made once for all of them in one process.

    The groups that pytest-xdist 3.8 has for this are lost on pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if _shares(file) else nodeid


@cache
def _shares(file: str) -> bool:
    text = (Path(__file__).parents[1] / file).read_text("utf-8")
    return 'scope="module"' in text or "browser: Browser" in text


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Return what hands tests to processes."""
    return ByWhatIsShared(config, log)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a Chromium for all stories of one file."""
    with chromium() as found:
        yield found


@pytest.fixture
def site(db: None, tmp_path: Path, settings: Settings) -> Site:
    """Return the app on a workspace with a measured map, two teams and somebody of each role."""
    del db
    return furnished(tmp_path, settings)
