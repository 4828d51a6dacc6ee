"""Documents of sessions: attached, published, read by whoever may read them."""

import io
import zipfile
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from eventhub.agenda import queries
from eventhub.agenda.models import Session
from eventhub.agenda.models.documents import SessionDocument
from eventhub.agenda.queries.documents import documents_of
from eventhub.agenda.rules.documents import (
    DOCX,
    JPEG,
    MOST_PARTS,
    PDF,
    PNG,
    PPTX,
    WEBP,
    XLSX,
    kind_of,
)
from eventhub.agenda.services import documents as services
from eventhub.agenda.services import remove_session
from eventhub.core.db import db, transaction
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.i18n import Translated
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from tests.agenda.programmes import EDITOR, change, make_session, publish
from tests.browser import Browser
from tests.factories import give, make_account, make_category, make_event
from tests.registration.factories import accredited

PAPER = b"%PDF-1.7 what is at stake"
URL = "/manage/xiamen-2026/programme/sessions"
PUBLIC = "/en/xiamen-2026/programme"


def office(*parts: str) -> bytes:
    """Return an Office file of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for part in ("[Content_Types].xml", *parts):
            file.writestr(part, "<x/>")
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAPER, PDF),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (b"\xff\xd8\xff\xe0....", JPEG),
        (b"RIFF....WEBPVP8 ", WEBP),
        (office("word/document.xml"), DOCX),
        (office("ppt/presentation.xml"), PPTX),
        (office("xl/workbook.xml"), XLSX),
        (office("word/document.xml", "word/vbaProject.bin"), None),
        (office("setup.exe"), None),
        (office(), None),
        (b"PK\x03\x04 not a zip", None),
        (b"MZ\x90", None),
        (b"<html>", None),
        (b"<svg onload=alert(1)>", None),
        (b"", None),
    ],
)
def test_file_is_known_by_its_content(data: bytes, kind: object) -> None:
    assert kind_of(data) == kind


def test_office_file_of_too_many_parts_is_none() -> None:
    most = [f"word/{number}.xml" for number in range(MOST_PARTS - 2)]
    assert kind_of(office("word/document.xml", *most)) == DOCX
    assert kind_of(office("word/document.xml", "word/more.xml", *most)) is None


def test_damaged_office_file_is_none() -> None:
    whole = office("word/document.xml")
    entry = whole.index(b"PK\x01\x02")
    version = whole[: entry + 6] + b"\xff\x00" + whole[entry + 8 :]
    name = whole[:entry] + whole[entry:].replace(b"word/", b"wor\xff/").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x08"
    )
    for damaged in (whole[:-30], whole[: len(whole) // 2], version, name):
        assert damaged != whole
        assert kind_of(damaged) is None


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum of one day."""
    day = date(2026, 4, 2)
    return make_event(slug="xiamen-2026", starts_on=day, ends_on=day)


@pytest.fixture
def session(event: Event) -> Session:
    """Return an open session."""
    return make_session(event, code="1.1", titles=Translated(en="Track 1"))


def attach(
    event: Event, session: Session, visibility: str = "public", title: str = "Concept note"
) -> SessionDocument:
    """Attach a PDF to the session."""
    with transaction():
        return services.attach_document(
            event,
            session,
            PAPER,
            name="note.pdf",
            titles=Translated(en=title),
            language="en",
            visibility=visibility,
            actor=EDITOR,
        )


def address(document: SessionDocument) -> str:
    """Return the public address of a document."""
    return f"{PUBLIC}/documents/{document.ref}"


def editor_of(event: Event, browser: Browser) -> Browser:
    """Return the browser, signed in as an agenda editor."""
    account = make_account()
    give(account, "agenda_editor", event)
    return browser.sign_in(account)


def test_editor_attaches_renames_and_takes_off(
    browser: Browser, event: Event, session: Session
) -> None:
    editor = editor_of(event, browser)
    page = f"{URL}/{session.ref}/documents"
    assert "The session carries no document yet." in editor.get(page).text
    sent = (io.BytesIO(PAPER), "my note.exe")
    editor.submit(titles_en="Concept note", language="fr", visibility="admitted", file=sent)
    ((document, file),) = documents_of(event.id)[session.id]
    assert (document.language, document.visibility) == ("fr", "admitted")
    assert (file.name, file.media_type) == ("my note.pdf", "application/pdf")
    answer = editor.get(f"{page}/{document.ref}/file").response
    assert answer.data == PAPER
    editor.get(f"{page}/{document.ref}")
    editor.submit(titles_en="Final note", visibility="public")
    assert "Final note" in editor.get(page).text
    editor.post(f"{page}/{document.ref}/remove", {"csrf_token": _token(editor)})
    assert documents_of(event.id) == {}


def _token(browser: Browser) -> str:
    field = browser.page.soup.select_one("input[name=csrf_token]")
    assert field is not None
    return str(field["value"])


def test_what_is_no_document_is_refused_beside_its_field(
    browser: Browser, event: Event, session: Session
) -> None:
    editor = editor_of(event, browser)
    editor.get(f"{URL}/{session.ref}/documents")
    page = editor.submit(titles_en="Kept title", file=(io.BytesIO(b"MZ\x90"), "note.pdf"))
    assert page.status == 422
    assert "Choose a PDF, Word, PowerPoint or Excel file" in page.text
    assert "Kept title" in page.response.get_data(as_text=True)
    assert documents_of(event.id) == {}


def test_file_beyond_the_size_is_refused(event: Event, session: Session) -> None:
    data = b"%PDF-" + b"x" * services.MOST_BYTES
    with pytest.raises(Invalid, match="20 MB"), transaction():
        services.attach_document(
            event, session, data, name="a.pdf", titles=Translated(en="A"), language="",
            visibility="public", actor=EDITOR,
        )  # fmt: skip


def test_document_is_public_once_the_programme_is_published(
    browser: Browser, event: Event, session: Session
) -> None:
    publish(event)
    document = attach(event, session)
    assert browser.get(address(document)).status == 404
    publish(event)
    page = browser.get(f"{PUBLIC}/sessions/{session.ref}")
    assert "Concept note" in page.text
    assert page.soup.select_one(f"a[href='{address(document)}']") is not None
    answer = browser.get(address(document)).response
    assert answer.data == PAPER
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    again = browser.get(address(document), **{"If-None-Match": answer.headers["ETag"]})
    assert (again.status, again.response.data) == (304, b"")


def test_what_browsers_do_not_show_is_saved(
    browser: Browser, event: Event, session: Session
) -> None:
    said = {"titles": Translated(en="Draft"), "language": "en", "visibility": "public"}
    data = office("word/document.xml")
    with transaction():
        document = services.attach_document(
            event, session, data, name="draft.docx", actor=EDITOR, **said
        )
    publish(event)
    answer = browser.get(address(document)).response
    assert answer.data == data
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_document_taken_off_disappears_at_the_next_publishing(
    browser: Browser, event: Event, session: Session
) -> None:
    document = attach(event, session)
    url = address(document)
    publish(event)
    with transaction():
        services.remove_document(event, session, document, actor=EDITOR)
    assert browser.get(url).status == 200
    publish(event)
    assert browser.get(url).status == 404
    assert "Concept note" not in browser.get(f"{PUBLIC}/sessions/{session.ref}").text


def _files() -> int:
    return db.session.scalar(select(func.count()).select_from(StoredFile)) or 0


def test_file_that_was_never_published_is_erased_with_its_document(
    event: Event, session: Session
) -> None:
    never, once_public = attach(event, session), None
    with transaction():
        services.remove_document(event, session, never, actor=EDITOR)
    assert _files() == 0
    once_public = attach(event, session)
    publish(event)
    with transaction():
        services.remove_document(event, session, once_public, actor=EDITOR)
    assert _files() == 1


def test_removed_session_takes_its_documents_along(event: Event, session: Session) -> None:
    attach(event, session)
    with transaction():
        remove_session(event, session, actor=EDITOR)
    assert documents_of(event.id) == {}
    assert _files() == 0


@pytest.mark.parametrize(
    ("access", "visibility", "status"),
    [
        ("open", "public", 200),
        ("by_invitation", "public", 200),
        ("open", "admitted", 404),
        ("open", "organisers", 404),
        ("closed", "public", 404),
        ("private", "public", 404),
    ],
)
def test_r3_2_who_reads_a_document_without_being_admitted(
    browser: Browser, event: Event, session: Session, access: str, visibility: str, status: int
) -> None:
    document = attach(event, session, visibility)
    change(event, session, access=access, admit=("HOD",))
    publish(event)
    assert browser.get(address(document)).status == status
    page = browser.get(f"{PUBLIC}/sessions/{session.ref}")
    assert ("Concept note" in page.text) is (status == 200)


@pytest.fixture
def head(event: Event) -> Registration:
    """Return an accredited head of delegation."""
    return accredited(event, make_category(event, "HOD"))[0]


@pytest.mark.parametrize(
    ("admit", "visibility", "status"),
    [
        (("HOD",), "admitted", 200),
        (("HOD",), "public", 200),
        (("HOD",), "organisers", 404),
        (("DEL",), "admitted", 404),
    ],
)
def test_r3_2_admitted_person_reads_the_documents_of_a_closed_session(
    browser: Browser,
    event: Event,
    session: Session,
    head: Registration,
    admit: tuple[str, ...],
    visibility: str,
    status: int,
) -> None:
    document = attach(event, session, visibility)
    change(event, session, access="closed", admit=admit)
    publish(event)
    url = f"/my/{token_of(head)}/documents/{document.ref}"
    answer = browser.get(url)
    assert answer.status == status
    mine = browser.get(f"/my/{token_of(head)}/programme")
    assert (url in mine.response.get_data(as_text=True)) is (status == 200)
    if status == 200:
        assert answer.response.data == PAPER
        assert answer.response.headers["Cache-Control"] == "private, no-store"


def test_who_is_not_accredited_reads_no_document_by_link(
    browser: Browser, event: Event, session: Session, head: Registration
) -> None:
    document = attach(event, session, "admitted")
    publish(event)
    with transaction():
        head.state = "submitted"
    assert browser.get(f"/my/{token_of(head)}/documents/{document.ref}").status == 404


def test_revision_tells_of_documents(browser: Browser, event: Event, session: Session) -> None:
    first = attach(event, session)
    publish(event)
    attach(event, session, title="Second")
    with transaction():
        services.change_document(
            event, session, first, titles=Translated(en="Final note"), language="en",
            visibility="public", version=1, actor=EDITOR,
        )  # fmt: skip
    give(owner := make_account(), "event_owner", event)
    text = browser.sign_in(owner).get("/manage/xiamen-2026/programme/publish").text
    assert "1.1 Track 1: the documents changed." in text
    assert "Concept note is now called Final note." in text


def test_version_names_files_and_never_those_of_organisers(event: Event, session: Session) -> None:
    attach(event, session, "organisers", "Protocol notes")
    shown = attach(event, session)
    publish(event)
    programme = queries.find_programme(event.id)
    assert programme is not None
    assert set(programme.documents) == {shown.ref}
    assert programme.documents[shown.ref]["file"] == shown.file_id
    assert programme.sessions[0].documents == (shown.ref,)


def test_document_of_another_event_is_not_there(
    browser: Browser, event: Event, session: Session, app: Flask
) -> None:
    other = make_event(slug="lusaka-2026")
    document = attach(other, make_session(other))
    publish(other)
    publish(event)
    assert browser.get(address(document)).status == 404


def test_stranger_attaches_nothing(browser: Browser, event: Event, session: Session) -> None:
    document = attach(event, session)
    browser.sign_in(make_account())
    page = f"{URL}/{session.ref}/documents"
    for url in (page, f"{page}/{document.ref}", f"{page}/{document.ref}/file"):
        assert browser.get(url).status == 404
