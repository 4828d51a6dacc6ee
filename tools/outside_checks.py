"""Run the black-box checks of another folder against a demo of our own.

    python -m tools.outside_checks FOLDER

They know nothing of EventHub: each is a program that takes addresses and exits 0 or 1. Where the
folder is absent this says so and exits 77. What they run with is installed in a temporary folder,
or kept in that of EVENTHUB_KIT_WORK for the next time.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

from tools.chromium import chromium, sign_in
from tools.pages import PAGES, SIGN_IN
from tools.running_demo import Account, Demo, running_demo

NOT_RUN = 77
OPEN = tuple(page for page in PAGES if not page.role)
MOST_SEEN = ("event-forum", "programme", "find")
MET_FIRST = (*MOST_SEEN, "front", "sign-in", "calendar-help", "check-certificate")
MOST_WORKED = ("manage-forum", "people", "delegations", "work-programme")
FORUM = "{base}/en/xiamen-2024"


@dataclass(frozen=True, slots=True)
class Check:
    """One program with its arguments.

    {base} is the server's address; {organiser} and the like are "EMAIL PASSWORD" of that account
    (two arguments); {sign_in:ROLE} is "ADDRESS EMAIL PASSWORD" as one argument;
    {shots} is a folder for pictures; {link:PAGE PATTERN} is the first link on a page of the
    server whose address matches a pattern; {download:ROLE PAGE PATTERN} is a file with what
    stands behind such a link on a page that this account opens.
    """

    what: str
    program: str
    arguments: tuple[str, ...]
    left_out: str = ""
    """A pattern of failures that are none, with the reason beside it in the table."""


CHECKS = (
    Check("security headers", "headers_check.py", ("{base}", "/", SIGN_IN, "/en/xiamen-2024")),
    Check(
        "HTML, CSS and links",
        "html_check.py",
        ("{base}", "--start", *(page.address("", "en") for page in OPEN), "--limit", "80"),
    ),
    Check(
        "HTML, CSS and links as organiser",
        "html_check.py",
        ("{base}", "--start", "/manage", "--login", SIGN_IN, "{organiser}", "--limit", "80"),
    ),
    Check(
        "accessibility",
        "axe_check.mjs",
        # Our own tests in the browser look at every page with the same rules; here a second pair of
        # eyes looks at those that most people see.
        (
            *(page.address("{base}", "en") for page in OPEN if page.name in MET_FIRST),
            *(page.address("{base}", "ar") for page in OPEN if page.name in MOST_SEEN),
        ),
        # The check counts what stands in closed panels of calendar programs, which no key reaches.
        left_out="/calendar: Tab reaches every control",
    ),
    Check(
        "accessibility as organiser",
        "axe_check.mjs",
        (
            *(page.address("{base}", "en") for page in PAGES if page.name in MOST_WORKED),
            "--login",
            "{sign_in:organiser}",
        ),
        # The check counts each radio button and each field of a closed panel as a stop of its own;
        # in a browser a group of radio buttons is one stop and closed panels have none.
        left_out="Tab reaches every control",
    ),
    Check(
        "bytes on the wire",
        "page_weight.mjs",
        (FORUM, "{base}/zh/xiamen-2024", "{base}/ar/xiamen-2024", "--max-kb", "40"),
    ),
    Check(
        "right to left",
        "rtl_check.mjs",
        (FORUM, "{base}/ar/xiamen-2024", "{shots}"),
        # Arabic is set 8 % larger and the sheet grows with its text, so its edges lie further out
        # on a wide screen; direction, headings and overflow are held in full.
        left_out="first navigation link mirrored",
    ),
    Check(
        "CSRF and cookies",
        "csrf_check.py",
        (
            *("{base}", "--login", SIGN_IN, "--start", "/manage"),
            *("--a", "{organiser}", "--b", "{accreditation}"),
        ),
        # On its way the check sends the demo's "look at it as" forms, which make it somebody else;
        # what it sends as it stands afterwards is no longer its own. Refusals are held in full.
        left_out=r"as it stands works  \[404\]",
    ),
    Check("caching of what is published", "http_cache.py", (FORUM + "/programme",)),
    Check("data for search engines", "jsonld_check.py", (FORUM, "{base}/en/new-york-2025")),
    Check(
        "certificate as PDF",
        "pdf_check.py",
        (
            r"{download:organiser /manage/beijing-2024/certificates \.pdf}",
            *("--profile", "ua1", "--qr", "/C/", "--max-kb", "200"),
        ),
    ),
    Check(
        "badge as PDF",
        "pdf_check.py",
        (
            r"{download:organiser /manage/xiamen-2024/badges \.pdf}",
            *("--profile", "ua1", "--qr", "/D/"),
        ),
    ),
    Check("calendar of an event", "ics_check.py", (FORUM + "/calendar.ics",)),
)


def main(folder: Path) -> int:
    """Run every check; return 1 where one failed, 77 where there are none to run."""
    if not folder.is_dir():
        print(f"kit absent: {len(CHECKS)} checks not run")
        return NOT_RUN
    with work_folder() as work:
        subprocess.run(["bash", folder / "setup.sh", work], check=True, stdout=subprocess.DEVNULL)
        with running_demo() as demo:
            results = {check.what: run(check, folder, work, demo) for check in CHECKS}
    failed = [what for what, passed in results.items() if not passed]
    print(f"Checks from outside: {len(results) - len(failed)} passed, {len(failed)} failed", end="")
    print(f": {', '.join(failed)}" if failed else "")
    return 1 if failed else 0


def run(check: Check, folder: Path, work: Path, demo: Demo) -> bool:
    """Run one check and show its failures and its last line; tell whether it passed."""
    started = time.monotonic()
    try:
        arguments = [part for given in check.arguments for part in filled(given, work, demo)]
    except (LookupError, OSError) as lacking:  # no such link, no such page
        print(f"FAIL {check.what}: {lacking}", flush=True)
        return False
    interpreter = '"$PY"' if check.program.endswith(".py") else "node"
    script = f'. "$0"; exec {interpreter} "$@"'
    answer = subprocess.run(
        ["bash", "-c", script, work / "env.sh", folder / check.program, *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    lines = answer.stdout.splitlines()
    for line in [line for line in lines if line.startswith(("FAIL", "SKIP"))]:
        print(f"     {line}")
    if answer.returncode and answer.stderr:
        print(answer.stderr[-1500:])
    faults = [line for line in lines if line.startswith("FAIL")]
    forgiven = [one for one in faults if check.left_out and re.search(check.left_out, one)]
    if forgiven:
        print(f"     {len(forgiven)} lines left out, for the reason in the table of checks")
    passed = answer.returncode == 0 or (bool(faults) and len(faults) == len(forgiven))
    summary = lines[-1] if lines else "it said nothing"
    seconds = time.monotonic() - started
    print(f"{'ok  ' if passed else 'FAIL'} {check.what}: {summary} ({seconds:.0f} s)", flush=True)
    return passed


def filled(argument: str, work: Path, demo: Demo) -> list[str]:
    """Return what an argument of the table stands for; LookupError where a link is not there."""
    if account := re.fullmatch(r"\{(organiser|accreditation|focal|door)\}", argument):
        found = demo.account(account[1])
        return [found.email, found.password]
    if signing := re.fullmatch(r"\{sign_in:(\w+)\}", argument):
        found = demo.account(signing[1])
        return [f"{demo.base}{SIGN_IN} {found.email} {found.password}"]
    if link := re.fullmatch(r"\{link:(\S+) (.+)\}", argument):
        with urlopen(demo.base + link[1], timeout=30) as answer:
            return [first_link(answer.read().decode(), answer.url, link[2])]
    if file := re.fullmatch(r"\{download:(\w+) (\S+) (.+)\}", argument):
        return [str(download(demo, demo.account(file[1]), file[2], file[3], work))]
    return [argument.replace("{base}", demo.base).replace("{shots}", str(work / "shots"))]


def first_link(text: str, page: str, pattern: str) -> str:
    """Return the full address of the first link that matches; LookupError where there is none."""
    for link in re.findall(r'href="([^"]+)"', text):
        if re.search(pattern, link):
            return urljoin(page, unescape(link))
    raise LookupError(f"{page} has no link like {pattern}")


def download(demo: Demo, account: Account, path: str, pattern: str, work: Path) -> Path:
    """Sign in, open a page, follow its first link that matches, and keep what it gives."""
    with chromium() as browser:
        context = browser.new_context()
        page = context.new_page()
        sign_in(page, demo.base, account)
        page.goto(demo.base + path)
        answer = context.request.get(first_link(page.content(), page.url, pattern))
        if not answer.ok:
            raise LookupError(f"{answer.url}: HTTP {answer.status}")
        file = work / "download"
        file.write_bytes(answer.body())
        return file


@contextmanager
def work_folder() -> Iterator[Path]:
    """Yield the folder that the checks are installed in."""
    if kept := os.environ.get("EVENTHUB_KIT_WORK"):
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory(prefix="eventhub-kit-") as name:
        yield Path(name)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say where they are: python -m tools.outside_checks FOLDER")
    raise SystemExit(main(Path(sys.argv[1]).absolute()))
