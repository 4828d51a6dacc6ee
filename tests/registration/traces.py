"""A person about whom much is held, and a look for what is left of one."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from eventhub.attendance.models import CourseResult
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.calendars.models import Star
from eventhub.certificates.models import Certificate
from eventhub.checkin.models import Gate, Scan
from eventhub.core import clock, ids
from eventhub.core.db import db, transaction
from eventhub.core.text import fold
from eventhub.files.services import store_file
from eventhub.i18n import Translated
from eventhub.keys.ring import ring
from eventhub.mail.services import Addressed, send
from eventhub.models import METADATA
from eventhub.people import personal
from eventhub.people.models import MailCode
from eventhub.photos.portrait import portrait_of
from eventhub.photos.services import keep_photo
from eventhub.questionnaires.services import make_ready, save_answers
from eventhub.registration import messages, services
from eventhub.registration.models import Registration
from eventhub.registration.personal import whose_of
from eventhub.registration.queries import registrant
from eventhub.registration.services.paper import PAPER_CLASS
from eventhub.web.zip_answer import zip_pieces
from tests.agenda.programmes import make_session, make_speaker, name_speakers, publish
from tests.factories import actor_with
from tests.photos.pictures import drawn
from tests.photos.pictures import sent as picture
from tests.registration.factories import STAFF, accredited
from tests.registration.world import World

BY_PROTOCOL = {"title_en", "salutation"}
"""What protocol writes, and the person does not."""

CHANGER = actor_with("registration.erase", "registration.view")


def typed(who: dict[str, Any]) -> dict[str, Any]:
    """Return what the person typed, each value found nowhere else."""
    return {
        "family_name": who.get("family_name", ""),
        "given_names": who.get("given_names", ""),
        "honorific": who.get("honorific", ""),
        "name_order": who.get("name_order", "given_first"),
        "name_local": who.get("name_local", ""),
        "name_local_language": who.get("local_language", ""),
        "functional_title": f"Keeper of {who['id']} lamps",
        "organisation": "Bureau of Quiet Harbours",
        "email": f"{who['id'].lower()}@quiet-harbour.example.org",
        "phone": "+260 977 123 987",
        "gender": "woman",
        "title_en": "Harbour Warden",
        "salutation": "Dear Warden",
        "language": "en",
    }


def needles(values: dict[str, Any]) -> list[str]:
    names = ("family_name", "given_names", "name_local", "functional_title", "organisation",
             "email", "phone", "title_en", "salutation")  # fmt: skip
    return [values[name] for name in names if values[name]]


def live(world: World, values: dict[str, Any]) -> Registration:
    """Let somebody leave a trace in every table that can hold one."""
    event = world.event
    sent = {name: value for name, value in values.items() if name not in BY_PROTOCOL}
    [row] = accredited(event, world.open, entity_id=world.zambia.id, **sent)
    name, actor = values["given_names"] or values["family_name"], registrant(row)
    with transaction():
        make_ready(event.id, "forum")
        row.title_en, row.salutation = values["title_en"], values["salutation"]
        photo = keep_photo(event.id, portrait_of(picture(drawn())), actor=actor)
        services.set_photo(row, photo.id, actor=actor)
        save_answers(
            event.id, row.id, {"access_other": f"Ramp for {name}"}, ref=row.ref, actor=actor
        )
        services.edit(event.id, row.id, {"phone": values["phone"] + "1"}, version=row.version,
                      actor=STAFF)  # fmt: skip
        services.edit(event.id, row.id, {"phone": values["phone"]}, version=row.version,
                      actor=STAFF)  # fmt: skip
        services.request_change(row, {"given_names": f"{name} Asked"}, actor=actor)
        second = keep_photo(event.id, portrait_of(picture(drawn(ground="grey"))), actor=actor)
        services.set_photo(row, second.id, actor=actor)
        messages.tell("accredited", [row])
        send("events.postponed", [Addressed(values["email"], "en")], event_id=event.id)
    session = make_session(event, code="S1")
    speaker = make_speaker(event, f"Prof. {name}", biographies=Translated(en=f"{name} was born."),
                           email=values["email"])  # fmt: skip
    name_speakers(session, (speaker, "panellist"))
    publish(event)
    file = stored(event.id, b"badges of many", "badge_run")
    stored(event.id, b"list of the delegation", PAPER_CLASS)
    gate = Gate(event_id=event.id, names=Translated(en="Main door"))
    run = PrintRun(event_id=event.id, what={"refs": [row.ref]}, file_id=file, state="done",
                   badges=1, started_by="Desk", left_out=[[row.ref, name, ["photo"]]])  # fmt: skip
    with transaction():
        row.speaker_id = speaker.id
        db.session.add_all([gate, run])
        db.session.flush()
        shown = {
            "name": f"{name} of the certificate", "name_local": values["name_local"],
            "name_local_language": "", "entity": {"en": values["organisation"]},
            "event": {"en": "Forum"}, "institution": {"en": "Host"}, "city": {"en": "Xiamen"},
            "starts_on": "2026-04-01", "ends_on": "2026-04-02", "by_hours": False,
            "languages": ["en"], "fallback": ["en"], "signatories": [],
            "issued_on": "2026-04-03", "event_code": event.code,
        }  # fmt: skip
        db.session.add_all([
            Star(event_id=event.id, registration_id=row.id, session_id=session.id),
            PrintedBadge(event_id=event.id, pass_id=row.pass_id, issue=1, run_id=run.id),
            Scan(uid=ids.new_uuid(), event_id=event.id, gate_id=gate.id, registration_id=row.id,
                 direction="in", answer="enter", device_at=clock.now()),
            CourseResult(event_id=event.id, registration_id=row.id, post_test=0.75),
            MailCode(purpose="resume", email=values["email"], expires_at=clock.now()),
            Certificate(event_id=event.id, registration_id=row.id, number=1, serial="FORUM-1",
                        code_digest=ids.digest("CODE" + row.ref),
                        key_id=ring().newest("certificates"),
                        level="participation", shown=shown, sha256="0" * 64,
                        file_id=stored_in(event.id, b"%PDF certificate", "certificate")),
        ])  # fmt: skip
    return row


def stored(event_id: int, data: bytes, data_class: str) -> int:
    with transaction():
        return stored_in(event_id, data, data_class)


def stored_in(event_id: int, data: bytes, data_class: str) -> int:
    return store_file(data, event_id=event_id, data_class=data_class, name="x.pdf",
                      media_type="application/pdf").id  # fmt: skip


def after(world: World) -> Any:
    return clock.at(world.event.ends_at + timedelta(days=1))


def forget(world: World, row: Registration, **more: Any) -> None:
    with transaction():
        personal.erase(whose_of(row, world.event, **more), actor=CHANGER)


def everything() -> list[tuple[str, str]]:
    """Return table and text of every value of every row, packed ones unpacked, in small letters."""
    return [
        (table.name, in_clear(value).casefold())
        for table in METADATA.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
        if value is not None and not isinstance(value, (int, datetime))
    ]


def in_clear(value: Any) -> str:
    """Return the value as text, what is sealed as nothing: its bytes may spell any short name."""
    if isinstance(value, bytes):
        packed = value.startswith(b"\x1f\x8b")
        try:
            return (gzip.decompress(value) if packed else value).decode()
        except UnicodeDecodeError:
            return ""
    if isinstance(value, Translated):
        value = dict(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def found_in(needle: str, held: Iterable[tuple[str, str]] | None = None) -> set[str]:
    """Return the tables that hold the text, as typed or folded; short Latin ones as whole words.

    `held` is what everything() gave, where more than one text is looked for.
    """
    words = {needle.casefold(), fold(needle)} - {""}
    edge = r"\b" if needle.isascii() and len(needle) < 4 else ""
    wanted = re.compile("|".join(f"{edge}{re.escape(word)}{edge}" for word in sorted(words)))
    return {table for table, text in held or everything() if wanted.search(text)}


def copy_of(world: World, row: Registration) -> tuple[dict[str, Any], dict[str, bytes]]:
    with transaction():
        told, files = personal.export_of(whose_of(row, world.event), actor=registrant(row))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(zip_bytes(told, files))))
    held = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(held["data.json"]), held


def zip_bytes(told: Any, files: Any) -> Iterator[bytes]:
    return zip_pieces(personal.pieces_of(told, files))
