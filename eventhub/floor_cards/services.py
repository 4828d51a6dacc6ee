"""Making, handing out and taking back floor cards, and their sheet on paper (R1.13)."""

from collections.abc import Collection, Sequence

from eventhub.agenda.models import Session
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event_by_id
from eventhub.files.services import store_file
from eventhub.floor_cards.models import FloorCard
from eventhub.floor_cards.queries import card_lines, cards_of
from eventhub.i18n import _
from eventhub.i18n.locale import use
from eventhub.passes import services as passes
from eventhub.passes.queries import passes_by_id
from eventhub.passes.rules import expires
from eventhub.passes.tokens import qr_text
from eventhub.printing.html_pdf import render_pdf
from eventhub.printing.qr import qr_svg
from eventhub.web.site import rendered
from eventhub.web.urls import host

MOST_CARDS = 50
"""For one delegation in one session."""


def set_cards(
    event: Event, session: Session, delegation_ids: Collection[int], count: int, *, actor: Actor
) -> None:
    """Give each of these delegations so many cards of the session; those too many are void.

    Cards not handed out go first, and of them the highest numbers; a number is never given twice.
    """
    if not 0 <= count <= MOST_CARDS:
        raise Invalid(_("Write a number from 0 to %(most)s.", most=MOST_CARDS), "count")
    every = db.session.query(FloorCard).filter_by(session_id=session.id).with_for_update().all()
    missing: list[tuple[int, int]] = []
    surplus: list[FloorCard] = []
    for delegation_id in sorted(delegation_ids):
        own = [card for card in every if card.delegation_id == delegation_id]
        live = [card for card in own if card.state != "void"]
        last = max((card.number for card in own), default=0)
        missing += [(delegation_id, last + n) for n in range(1, count - len(live) + 1)]
        live.sort(key=lambda card: (card.state != "handed", card.number), reverse=True)
        surplus += live[: max(0, len(live) - count)]
    made = passes.issue(event.id, [0] * len(missing), expires_at=expires(event.ends_at))
    for (delegation_id, number), entry in zip(missing, made, strict=True):
        card = FloorCard(
            event_id=event.id,
            session_id=session.id,
            delegation_id=delegation_id,
            number=number,
            pass_id=entry.id,
        )
        db.session.add(card)
    passes.void(event.id, [card.pass_id for card in surplus], reason="floor_card")
    for card in surplus:
        card.state, card.inside_since = "void", None
    changes = {"made": (None, len(missing)), "void": (None, len(surplus))}
    _log(event, session, "floor_card.set", changes, actor)


def hand_out(
    event: Event, session: Session, delegation_ids: Collection[int], *, actor: Actor
) -> int:
    """Hand all cards of these delegations over; return how many were not handed out before."""
    cards = _of(event, session, delegation_ids, ("made", "returned"))
    for card in cards:
        card.state, card.handed_at, card.returned_at = "handed", clock.now(), None
    _log(event, session, "floor_card.hand", {"cards": (None, len(cards))}, actor)
    return len(cards)


def take_back(
    event: Event, session: Session, delegation_ids: Collection[int], *, actor: Actor
) -> int:
    """Take all cards of these delegations back; return how many were out."""
    cards = _of(event, session, delegation_ids, ("handed",))
    for card in cards:
        card.state, card.returned_at, card.inside_since = "returned", clock.now(), None
    _log(event, session, "floor_card.take_back", {"cards": (None, len(cards))}, actor)
    return len(cards)


def make_sheet(event_id: int, session_id: int) -> int:
    """Print the cards of a session eight to a page, and return the id of the file kept."""
    event, session = get_event_by_id(event_id), db.session.get_one(Session, session_id)
    where, is_https = host()
    with use("en"):
        lines = [line for line in card_lines(event_id, session_id) if line.cards]
        ids = [card.pass_id for line in lines for card in line.cards]
        entries = passes_by_id(event_id, ids)
        cards = [
            {
                "entity": line.sent.name,
                "number": card.number,
                "qr": qr_svg(
                    qr_text(entries[card.pass_id], where, is_https=is_https),
                    label=f"{line.sent.entity.code} {card.number}",
                    size_mm=40,
                ),
            }
            for line in lines
            for card in line.cards
        ]
        title = _("Floor cards: %(session)s", session=session.title())
        html = rendered(
            "print/floor_cards/sheet.html",
            lang="en",
            title=title,
            event=event.title("en"),
            session=session.title("en"),
            starts=f"{session.starts:%Y-%m-%d %H:%M}",
            cards=cards,
        )
    pdf = render_pdf(html, lang="en", title=title, created_at=clock.now())
    name = f"{event.slug}-floor-cards-{session.code}.pdf"
    file = store_file(
        pdf, event_id=event_id, data_class="floor_cards", name=name, media_type="application/pdf"
    )
    return file.id


def _of(
    event: Event, session: Session, delegation_ids: Collection[int], states: Sequence[str]
) -> list[FloorCard]:
    return [
        card
        for card in cards_of(event.id, session.id)
        if card.delegation_id in delegation_ids and card.state in states
    ]


def _log(
    event: Event, session: Session, action: str, changes: dict[str, tuple[None, int]], actor: Actor
) -> None:
    record(actor, action, [Subject("session", session.ref, dict(changes))], event_id=event.id)
    db.session.flush()
