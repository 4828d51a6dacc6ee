"""Starting a demo, reading its accounts, ending it."""

import sys
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tools.running_demo import Account, Demo, accounts_in, running_demo

SERVER = """
import os
from http.server import BaseHTTPRequestHandler, HTTPServer

class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"ready")

    def log_message(self, *_):
        pass

print("  Organiser of the forum   ada@example.org   Tall-Ship-42")
port = int(os.environ["EVENTHUB_BASE_URL"].rpartition(":")[2])
HTTPServer(("127.0.0.1", port), Ready).serve_forever()
"""


def test_accounts_are_read_from_what_is_printed() -> None:
    printed = (
        "Serving on http://127.0.0.1:8000\n"
        "  Site administrator    admin@example.org       abc-DEF-1\n"
        "  Focal point (Zambia)  focal@example.org       ghi\n"
        "Write to help@example.org for more\n"
    )
    assert accounts_in(printed) == (
        Account("Site administrator", "admin@example.org", "abc-DEF-1"),
        Account("Focal point (Zambia)", "focal@example.org", "ghi"),
    )


def test_demo_answers_while_needed_and_is_ended_afterwards(tmp_path: Path) -> None:
    with running_demo([sys.executable, "-c", SERVER], tmp_path) as demo:
        assert demo.account("organiser").password == "Tall-Ship-42"
        with urlopen(f"{demo.base}/readyz", timeout=5) as answer:
            assert answer.read() == b"ready"
    with pytest.raises(URLError):
        urlopen(f"{demo.base}/readyz", timeout=5)


def test_demo_that_ends_by_itself_is_told_with_its_last_words(tmp_path: Path) -> None:
    broken = [sys.executable, "-c", "raise SystemExit('no such table')"]
    with pytest.raises(SystemExit, match="no such table"), running_demo(broken, tmp_path):
        pytest.fail("it should not have started")


def test_missing_account_is_named() -> None:
    with pytest.raises(SystemExit, match="no account for: door"):
        Demo("http://127.0.0.1:1", ()).account("door")
