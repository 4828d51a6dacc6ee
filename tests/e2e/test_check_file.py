"""R5.5: a certificate dropped on the page: only its digest travels, the file only where it must."""

import base64

import pytest
from playwright.sync_api import Page, Request

from eventhub.certificates.models import Certificate
from eventhub.certificates.rules import grouped
from eventhub.certificates.services import code_of, keep_document
from eventhub.core.db import db, transaction
from eventhub.core.ids import digest, new_ref
from eventhub.keys.ring import ring
from tests.e2e.conftest import NewPage
from tests.e2e.site import Site
from tests.factories import keep, make_event

pytestmark = pytest.mark.browser

PDF = b"%PDF-1.7\n% a certificate of many pages " + bytes(range(256)) * 400
DROP = """data => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dragged = new DataTransfer();
  dragged.items.add(new File([bytes], "certificate.pdf", {type: "application/pdf"}));
  for (const kind of ["dragover", "drop"])
    document.body.dispatchEvent(
      new DragEvent(kind, {dataTransfer: dragged, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def code(site: Site) -> str:
    """Return the code of a certificate whose file is PDF."""
    with site.inside():
        event = make_event()
        words = {"en": "Seminar"}
        ref, key = new_ref(), ring().newest("certificates")
        shown = {
            "name": "Wanjiru Kamau", "name_local": "", "entity": {}, "event": words,
            "event_code": event.code, "institution": words, "city": words, "fallback": ["en"],
            "starts_on": "2026-03-01", "ends_on": "2026-03-02", "issued_on": "2026-03-03",
            "by_hours": False, "languages": ["en"], "zone": event.zone, "signatories": [],
        }  # fmt: skip
        certificate = Certificate(
            ref=ref, event_id=event.id, number=1, serial=f"{event.code}-00001-A", key_id=key,
            level="attendance", shown=shown, code_digest="",
        )  # fmt: skip
        certificate.code_digest = digest(code_of(certificate))
        keep(certificate)
        with transaction():
            keep_document(db.session.get_one(Certificate, certificate.id), PDF, tell=False)
        return grouped(code_of(certificate))


def files_sent(page: Page) -> list[bool]:
    """Note of each request that sends something whether a file is with it."""
    sent: list[bool] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append("multipart" in request.headers.get("content-type", ""))

    page.on("request", note)
    return sent


def test_dropped_certificate_is_known_by_its_digest_alone(new_page: NewPage, code: str) -> None:
    page = new_page()
    with_file = files_sent(page)
    page.goto("/c")
    page.evaluate(DROP, base64.b64encode(PDF).decode())
    page.wait_for_url(f"**/c/{code}")
    assert page.locator(".verdict strong").inner_text() == "Valid"
    assert with_file == [False]


def test_changed_file_travels_itself_and_is_told(new_page: NewPage, code: str) -> None:
    page = new_page()
    with_file = files_sent(page)
    page.goto("/c")
    changed = PDF + f"https://example.org/c/{code}".encode()
    page.evaluate(DROP, base64.b64encode(changed).decode())
    page.wait_for_selector(".verdict")
    assert page.locator(".verdict strong").inner_text() == "Changed after issue"
    assert with_file == [False, True]
