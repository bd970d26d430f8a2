"""What several test files need: the web app on a small workspace, and the people who use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings

from browser import chromium
from web_site import Site, furnished


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file that share something made once for all of them in one process."""
    for item in items:
        if not isinstance(item, pytest.Function) or item.get_closest_marker("xdist_group"):
            continue
        made = item._fixtureinfo.name2fixturedefs.values()
        if any(one.scope == "module" for several in made for one in several):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


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
