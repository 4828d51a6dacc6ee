"""Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tools.pages import SIGN_IN
from tools.running_demo import Account

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a browser without a window; stop with what to install where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        raise SystemExit("Chromium is missing. Run: sudo apt-get install -y chromium")
    unconfined = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*QUIET, *unconfined])
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, base: str, account: Account) -> None:
    """Sign in through the page that people use; stop where that fails."""
    page.goto(base + SIGN_IN)
    form = page.locator("form:has(input[type=password])").first
    form.locator("input[type=email]").fill(account.email)
    form.locator("input[type=password]").fill(account.password)
    form.locator("button:not([type=button])").first.click()
    page.wait_for_load_state()
    if page.locator("input[type=password]").count():
        raise SystemExit(f"Could not sign in as {account.role}")
