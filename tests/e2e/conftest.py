"""One site and one Chromium for all tests; each person has cookies of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.demo import DemoSite, running_demo_site
from tests.e2e.site import Site, running_site
from tools.chromium import chromium as launched

SECONDS = 15

NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, fonts_dir: Path) -> Iterator[Site]:
    """Return a running site, with the States and nothing else."""
    with running_site(tmp_path_factory.mktemp("site"), fonts_dir) as site:
        yield site


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, fonts_dir: Path) -> Iterator[DemoSite]:
    """Return a running site with the demo on it."""
    with running_demo_site(tmp_path_factory.mktemp("demo"), fonts_dir) as demo:
        yield demo


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Return Debian's Chromium; it ends with this package, as others start their own."""
    with launched() as browser:
        yield browser


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[NewPage]:
    """Return a function that gives a page of another person: a browser with no cookies yet.

    What it is given are Playwright's own settings of a context.
    """
    contexts: list[BrowserContext] = []

    def make(**settings: Any) -> Page:
        settings = {"base_url": site.base, "reduced_motion": "reduce", **settings}
        context = chromium.new_context(accept_downloads=True, **settings)
        context.set_default_timeout(SECONDS * 1000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
