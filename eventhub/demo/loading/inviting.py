"""Who was invited to a forum and what they answered: a delegation in every state of a reply."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from eventhub.core import clock
from eventhub.core.actor import SYSTEM
from eventhub.core.db import db
from eventhub.delegations.information import issue_note
from eventhub.delegations.models import Delegation, Invitation
from eventhub.delegations.services import (
    add_contacts,
    add_note,
    ask_for_review,
    claim,
    clear_invitations,
    get_or_open,
    mark_sent,
    note_reminded,
    prepare_invitations,
    receive_letter,
    refuse_letter,
    set_reply,
)
from eventhub.demo.loading.scanned import scanned_letter
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import Translated
from eventhub.institutions.letterheads import find_letterhead
from eventhub.institutions.models import Institution
from eventhub.institutions.services import save_letterhead

INVITED_BEFORE = timedelta(weeks=11)
REMINDED_BEFORE = timedelta(weeks=5)
AFRICA = "002"
LANGUAGES = {"fr": ("BFA", "BDI", "CAF", "COM", "GAB", "MLI", "SEN", "CIV", "NER", "TCD")}
"""Entities of the demo that are written to in French; all others in English."""

MORE = 5
"""How many are invited that do not come: silent, regretting, only just claiming."""


def invite_everybody(event: Event) -> None:
    """Let the host have invited all delegations, and some that do not come."""
    if "letters" not in event.switches:
        return
    _give_letterhead(event)
    there = select(Delegation.entity_id).where(Delegation.event_id == event.id)
    query = select(Entity).where(
        Entity.region == AFRICA, Entity.kind == "member_state", Entity.id.not_in(there)
    )
    extra = list(db.session.scalars(query.order_by(Entity.code).limit(MORE)))
    sent_at = _at(event, INVITED_BEFORE)
    with clock.at(sent_at):
        others = [get_or_open(event.id, one.id, actor=SYSTEM) for one in extra]
        query_all = select(Delegation, Entity).join(Entity, Entity.id == Delegation.entity_id)
        rows = db.session.execute(
            query_all.where(Delegation.event_id == event.id, Delegation.role == "participant")
        ).all()
        codes = {row[0].id: row[1].code for row in rows}
        invitations = prepare_invitations(
            event,
            [row[0] for row in rows],
            form="note_verbale",
            languages={
                one: next((lang for lang, some in LANGUAGES.items() if code in some), "en")
                for one, code in codes.items()
            },
            numbering="{n}/{year}",
            dated_on=sent_at.date(),
            actor=SYSTEM,
        )
        for row in rows:
            _add_mission(row[0], row[1].code)
        clear_invitations(invitations, actor=SYSTEM)
        mark_sent(invitations, how="bag", actor=SYSTEM)
        issue_note(event, actor=SYSTEM)
    here = [row[0].id for row in rows if row[0].last_number]
    with clock.at(_at(event, REMINDED_BEFORE)):
        set_reply(event.id, here[: len(here) // 2], "complete", actor=SYSTEM)
        _answer(others, {one.delegation_id: one for one in invitations})


def _answer(others: Sequence[Delegation], invitations: dict[int, Invitation]) -> None:
    """Let those who do not come answer, each in a way of its own."""
    silent, reminded, regrets, claiming, refused = others
    note_reminded([invitations[reminded.id]])
    add_note(
        reminded,
        kind="call",
        text="The mission has the note and waits for its capital.",
        phone="+000 0000",
        next_step="Call the protocol office again",
        next_step_on=(clock.now() + timedelta(days=3)).date(),
        actor=SYSTEM,
    )
    set_reply(silent.event_id, [regrets.id], "regrets", actor=SYSTEM)
    for delegation, name in ((claiming, "first"), (refused, "only")):
        point = claim(
            invitations[delegation.id],
            email=f"{name}.focal.point@example.org",
            name="Focal point, embassy",
            phone="+000 0000",
            language="en",
        )
        letter = receive_letter(
            delegation,
            scanned_letter(["NOTE VERBALE", "", "The Embassy names its focal point."]),
            name="note.pdf",
            kind="focal_point",
            reference_no="27/2024",
            dated_on=clock.now().date(),
            signatory="Embassy",
            languages=["en"],
            point=point,
            actor=SYSTEM,
        )
        if delegation is refused:
            refuse_letter(letter, reason="unsigned", text="Send it stamped.", actor=SYSTEM)
    ask_for_review(
        invitations[claiming.id],
        email="second.focal.point@example.org",
        name="Second secretary",
        phone="",
        language="en",
    )


def _add_mission(delegation: Delegation, code: str) -> None:
    mission = {
        "name": "Embassy, protocol",
        "function": "Mailbox of the mission",
        "email": f"protocol.{code.lower()}@example.org",
        "phone": "+000 0000",
    }
    add_contacts(delegation, [mission], actor=SYSTEM)


def _give_letterhead(event: Event) -> None:
    institution = db.session.get_one(Institution, event.institution_id)
    if find_letterhead(institution.id) is not None:
        return
    texts = {
        "headings": institution.names,
        "addresses": Translated(
            en="1 Example Street\nhost@example.org", zh="示例路1号\nhost@example.org"
        ),
        "footers": Translated(en="Illustrative letterhead", zh="示例信笺"),
        "signatories": Translated(en="Director-General", zh="司长"),
        "signatory_titles": Translated(en="Department of Conferences", zh="会议司"),
    }
    save_letterhead(institution, texts, version=0, actor=SYSTEM)


def _at(event: Event, before: timedelta) -> datetime:
    return (event.starts_at - before).astimezone(UTC)
