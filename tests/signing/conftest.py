"""An authority, keys it gave out, and a document to sign."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eventhub.core import clock
from eventhub.printing.html_pdf import render_pdf
from eventhub.signing.key import read_key
from eventhub.signing.signer import Signer
from tests.signing.authority import NOW, PASSPHRASE, Authority, Given, curve, rsa_key

KINDS = {"P-256": curve, "RSA": rsa_key}
HTML = """<!doctype html><html><head><title>Certificate</title>
<link rel="stylesheet" href="asset:print.css"></head><body><h1>Certificate of participation</h1>
<p>Dr Amina Yusuf 王伟 took part. <a href="https://events.example.org/c/1">Check it</a></p>
</body></html>"""


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session", params=sorted(KINDS))
def given(request: pytest.FixtureRequest, authority: Authority) -> Given:
    return authority.give(KINDS[request.param]())


@pytest.fixture
def in_2024() -> Iterator[None]:
    """Let it be a day on which the keys are valid."""
    with clock.at(NOW):
        yield


@pytest.fixture
def signed_by(authority: Authority, tmp_path: Path) -> Callable[[Given], Signer]:
    """Return a function that makes a signer of a key."""

    def make(given: Given) -> Signer:
        given.write(tmp_path / "key.p12", authority.root.certificate)
        return Signer(read_key(tmp_path / "key.p12", PASSPHRASE))

    return make


@pytest.fixture
def document(fonts: Path) -> bytes:
    made = datetime(2024, 4, 2, tzinfo=UTC)
    return render_pdf(HTML, lang="en", title="Certificate", created_at=made)
