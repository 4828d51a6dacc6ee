"""Letters as PDF, in each script, as people would read and search them."""

from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from eventhub.core.actor import SYSTEM
from eventhub.core.db import db, transaction
from eventhub.delegations import services
from eventhub.delegations.information import content_of, issue_note, make_note_files
from eventhub.delegations.jobs import make_letters
from eventhub.delegations.letter_pdf import letters_pdf
from eventhub.delegations.letters import letters_out
from eventhub.delegations.models import LetterRun
from eventhub.events.models import Event
from eventhub.files.services import read_whole
from eventhub.i18n import Translated
from eventhub.jobs.runner import Work
from eventhub.mail.models import OutboxMail
from tests.factories import make_entity, make_event
from tests.paper import Tool


class Still(Work):
    """Work whose progress nobody follows."""

    def progress(self, done: int, total: int) -> None:
        """Write nothing."""


@pytest.fixture
def event(app: Flask) -> Event:
    """Return a forum whose titles are in four languages."""
    return make_event(
        switches=["delegations", "letters"],
        languages=["en", "fr", "zh", "ar"],
        titles=Translated(en="Forum", fr="Forum", zh="互联网发展论坛", ar="منتدى الإنترنت"),
    )


@pytest.mark.parametrize(
    ("language", "phrase"),
    [("en", "presents its compliments"), ("fr", "présente ses compliments"),
     ("zh", "互联网发展论坛"), ("ar", "")],
)  # fmt: skip
def test_a_letter_is_an_accessible_pdf_with_its_code(
    event: Event, fonts: Path, tool: Tool, tmp_path: Path, language: str, phrase: str
) -> None:
    entity = make_entity("ZMB", "Zambia", names=Translated(en="Zambia", zh="赞比亚", ar="زامبيا"))
    with transaction():
        delegation = services.get_or_open(event.id, entity.id, actor=SYSTEM)
        rows = services.prepare_invitations(
            event, [delegation], form="note_verbale", language=language,
            dated_on=date(2026, 1, 15), actor=SYSTEM,
        )  # fmt: skip
    letters = letters_out(event, rows)
    path = tmp_path / "letter.pdf"
    path.write_bytes(letters_pdf(letters))
    text = " ".join(tool("pdftotext", path, "-").split())
    assert letters[0].code in text
    assert phrase.replace(" ", "") in text.replace(" ", "")
    assert tool("pdfinfo", path).replace(" ", "").find("Tagged:yes") > 0


def test_a_run_ends_with_its_file_and_again_changes_nothing(event: Event, fonts: Path) -> None:
    entities = [make_entity(code, code) for code in ("ZMB", "KEN")]
    with transaction():
        delegations = [services.get_or_open(event.id, one.id, actor=SYSTEM) for one in entities]
        rows = services.prepare_invitations(event, delegations, form="letter", actor=SYSTEM)
        runs = [services.start_run(event, rows, form=form, actor=SYSTEM).id
                for form in ("pdf", "zip", "clearance")]  # fmt: skip

    for run_id, start in zip(runs, (b"%PDF", b"PK", b"PK"), strict=True):
        for _turn in range(2):
            make_letters(Still.__new__(Still), run_id)
        run = db.session.get_one(LetterRun, run_id)
        assert (run.state, run.letters) == ("done", 2)
        assert read_whole(services.file_of(event.id, run.file_id)).startswith(start)


def test_a_letter_is_mailed_once_however_often_its_work_runs(event: Event, fonts: Path) -> None:
    entities = [make_entity(code, code) for code in ("ZMB", "KEN")]
    with transaction():
        delegations = [services.get_or_open(event.id, one.id, actor=SYSTEM) for one in entities]
        rows = services.prepare_invitations(event, delegations, form="letter", actor=SYSTEM)
        services.clear_invitations(rows, actor=SYSTEM)
        services.add_contacts(delegations[0], [{"email": "mission@example.org"}], actor=SYSTEM)
        runs = [services.start_run(event, rows, form="mail", actor=SYSTEM).id for _n in range(2)]
    for run_id in runs:
        make_letters(Still.__new__(Still), run_id)
    assert [row.state for row in rows] == ["sent", "cleared"]
    assert [mail.to for mail in db.session.scalars(select(OutboxMail))] == ["mission@example.org"]


def test_r1_35_the_note_is_made_in_every_language(event: Event, fonts: Path) -> None:
    with transaction():
        note = issue_note(event, actor=SYSTEM)
    make_note_files(note.id)
    assert set(note.files) == set(content_of(event))
    assert read_whole(services.file_of(event.id, note.files["ar"])).startswith(b"%PDF")
