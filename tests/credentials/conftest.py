"""Certificates with their files, and the program that verifies credentials."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped
from eventhub.certificates.services import code_of, keep_document
from eventhub.core.db import transaction
from eventhub.events.models import Event
from tests.attendance.people import participant
from tests.browser import Browser
from tests.certificates.conftest import event
from tests.certificates.issued import issue
from tests.paper import NODE_MODULES

__all__ = ["event"]

HERE = Path(__file__).parent
DID = "did:web:localhost"
NAME = "Maria Żółkiewska 王伟"

Json = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What the verifier says: proof good, status good (None without one), the first fault."""

    proof: bool
    status: bool | None
    fault: str


class Verifier:
    """Verifies credentials with @digitalbazaar/vc, which fetches from this site's pages alone."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.documents = {DID: fetch(browser, "/.well-known/did.json")}
        self.vocabularies: Json = {}

    def verify(self, *credentials: Json) -> list[Answer]:
        """Return the answer for each; status lists are fetched as they are now."""
        documents = dict(self.documents)
        for credential in credentials:
            if status := credential.get("credentialStatus"):
                url = status["statusListCredential"]
                documents[url] = fetch(self.browser, url)
        given = json.dumps({"documents": documents, "check": credentials})
        node = shutil.which("node") or pytest.skip("Node is not installed")
        done = subprocess.run(
            [node, HERE / "verify.mjs"], input=given, capture_output=True, text=True, timeout=60,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        said = json.loads(done.stdout)
        self.vocabularies = said["vocabularies"]
        return [Answer(**answer) for answer in said["answers"]]


def fetch(browser: Browser, url: str) -> Json:
    """Return the JSON of a page of this site."""
    answer = browser.get(url.removeprefix("http://localhost"))
    assert answer.status == 200, url
    found: Json = json.loads(answer.response.data)
    return found


def address(certificate: Certificate) -> str:
    return f"/c/{grouped(code_of(certificate))}/credential.json"


@pytest.fixture
def certificates(event: Event) -> Sequence[Certificate]:
    """Return the certificates of two people, their files made."""
    participant(event, "M1", "M2", given_names=NAME, family_name="", email="maria@example.org")
    participant(event, "M1")
    made = issue(event)
    with transaction():
        for certificate in made:
            keep_document(certificate, b"%PDF-", tell=False)
    return made


@pytest.fixture
def verifier(browser: Browser) -> Verifier:
    if not (NODE_MODULES / "@digitalbazaar" / "vc").is_dir():
        pytest.skip("the verifier is not there: run npm ci --ignore-scripts")
    return Verifier(browser)
