"""Take pictures of the pages at the width of a phone and of a desk, in three languages.

    python -m tools.pictures                      all pages of a demo of its own
    python -m tools.pictures front sign-in        only these
    python -m tools.pictures --base http://127.0.0.1:8000 --pass organiser EMAIL PASSWORD

They go to pictures/NAME-WIDTH-LANGUAGE.png, which git ignores.
"""

import argparse
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser

from tools.chromium import chromium, sign_in
from tools.pages import ALL_PAGES, Page
from tools.running_demo import Account, Demo, running_demo

FOLDER = Path(__file__).resolve().parent.parent / "pictures"
WIDTHS = {360: 780, 1280: 900}
LANGUAGES = ("en", "zh", "ar")


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, and take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help="names of pages; all where none is given")
    parser.add_argument("--base", help="a running server; else a demo is started")
    parser.add_argument(
        "--pass",
        dest="accounts",
        nargs=3,
        action="append",
        default=[],
        metavar=("ROLE", "EMAIL", "PASSWORD"),
        help="an account of that server",
    )
    given = parser.parse_args(arguments)
    unknown = set(given.names) - {page.name for page in ALL_PAGES}
    if unknown:
        parser.error(f"no page is called {', '.join(sorted(unknown))}; see tools/pages.py")
    pages = [page for page in ALL_PAGES if not given.names or page.name in given.names]
    if given.base:
        accounts = tuple(Account(*account) for account in given.accounts)
        take_all(pages, Demo(given.base.rstrip("/"), accounts))
    else:
        with running_demo() as demo:
            take_all(pages, demo)


def take_all(pages: Iterable[Page], demo: Demo, folder: Path = FOLDER) -> None:
    """Take each page at each width in each language; one browser for all."""
    folder.mkdir(exist_ok=True)
    with chromium() as browser:
        for role, of_role in groupby(sorted(pages, key=lambda p: p.role), key=lambda p: p.role):
            for_one_reader(browser, list(of_role), demo, role, folder)


def for_one_reader(
    browser: Browser, pages: list[Page], demo: Demo, role: str, folder: Path
) -> None:
    """Take the pages of one role, signed in once; a page that answers 400 or more is an error."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    if role:
        sign_in(page, demo.base, demo.account(role))
    for wanted in pages:
        for language in LANGUAGES:
            for width, height in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": height})
                answer = page.goto(wanted.address(demo.base, language))
                if answer is None or answer.status >= 400:
                    status = answer.status if answer else "no answer"
                    raise SystemExit(f"{wanted.name}: {status} at {page.url}")
                path = folder / f"{wanted.name}-{width}-{language}.png"
                page.screenshot(path=path, full_page=True)
                print(path.name, flush=True)
    context.close()


if __name__ == "__main__":
    main()
