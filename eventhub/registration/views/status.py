"""Where a registration stands, as its owner reads it: the phrase, what happens next, what lacks."""

from dataclasses import dataclass

from eventhub.events.models import Category
from eventhub.events.rules import local
from eventhub.events.words import STATE_KINDS, city_of, stop_of
from eventhub.i18n import _
from eventhub.i18n.times import day, event_time
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.protocol.queries import Named, named_at
from eventhub.registration.models import Decision, Registration
from eventhub.registration.queries import (
    decisions_of,
    kind_of,
    phrase,
    reason_word,
    reference,
    turn_word,
    waiting_list,
)
from eventhub.registration.queries.session_seats import seats_and_waits
from eventhub.registration.rules import ENDED, SEAT_STATES, State
from eventhub.registration.views.frame import Frame


@dataclass(frozen=True, slots=True)
class Status:
    """The phrase and its shape, the reference for the telephone, sentences on what comes."""

    phrase: str
    kind: str
    reference: str
    entity: str
    category: Category | None
    sentences: tuple[str, ...]
    reason: str = ""


def status_of(frame: Frame, row: Registration, entity: Named | None = None) -> Status:
    """Return where the registration stands; at most five statements, one less with its entity."""
    if entity is None:
        entity = named_at(row.event_id, [row.entity_id]).get(row.entity_id or 0)
    place, turn = _place(frame, row) if row.state == State.WAITLISTED else (None, "")
    last = _last_decision(row) if row.state == State.RETURNED or row.state in ENDED else None
    own = last is not None and row.state == State.WITHDRAWN and last.actor_kind == "registrant"
    said = phrase(row.state, frame.event.preset, place)
    heading, notice = stop_of(frame.event)
    sentences = (
        (_withdrew(frame, last),)
        if last is not None and own
        else tuple(s for s in (_next(frame, row), turn, _seats(frame, row)) if s)
    )
    if heading:
        sentences = (notice, *_while_stopped(frame, row, said, sentences))
    return Status(
        phrase=heading or said,
        kind=STATE_KINDS[frame.event.state] if heading else kind_of(row.state),
        reference=reference(row, entity.code if entity else None),
        entity=entity.name if entity else row.organisation,
        category=next((one for one in frame.categories if one.id == row.category_id), None),
        sentences=sentences,
        reason="" if own or frame.is_off else _reason(last),
    )


def _while_stopped(
    frame: Frame, row: Registration, said: str, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Return what to tell after the notice: nobody is invited to an event that is off."""
    if frame.is_off:
        return (_("You need not do anything."),)
    stands = _("Your registration: %(phrase)s.", phrase=said)
    if row.state == State.DRAFT:
        return (stands,)
    if row.state == State.ACCREDITED:
        return (stands, _("It stays valid. You get an e-mail when the event is on again."))
    return (stands, *usual)


def photo_todo(row: Registration, photo: Photo | None, category: Category | None) -> str:
    """Return what is to be done about the photo; "" for nothing."""
    if category is not None and category.photo_waived:
        return ""
    if photo is None:
        return _("Your photo is missing. Without it no badge can be printed.")
    if photo.state == PhotoState.REDO:
        return _("Please send another photo: %(reason)s", reason=photo.reason)
    return ""


def _place(frame: Frame, row: Registration) -> tuple[int | None, str]:
    for number, (one, turn) in enumerate(waiting_list(frame.setup()), start=1):
        if one.id == row.id:
            return number, _("Why this place: %(turn)s.", turn=turn_word(turn))
    return None, ""


def _on_the_day(frame: Frame, row: Registration) -> str:
    if frame.is_over:
        return _("The event is over.")
    if row.mode == "remote":
        return _("You are on the list. You join by the link below on the day.")
    if frame.is_one_page:
        return _("You are on the list. Bring an identity card or your grounds pass.")
    return _("Show the code below at the entrance; the badge waits for you there.")


def _next(frame: Frame, row: Registration) -> str:
    event = frame.event
    rule = frame.rule(row.category_id)
    match row.state:
        case State.DRAFT:
            return _("Nothing is sent yet. Go on where you stopped.")
        case State.SUBMITTED if rule is not None and rule.vouched_by == "focal_point":
            return _(
                "The focal point of your delegation looks at it first, then the organiser decides. "
                "You get an e-mail as soon as it is decided."
            )
        case State.SUBMITTED | State.NOMINATED:
            return _("The organiser decides. You get an e-mail as soon as it is decided.")
        case State.RETURNED:
            if row.return_until is None:
                return _("Correct what is marked and send it again. Your place is kept for you.")
            return _(
                "Correct what is marked and send it again by %(time)s. Until then your place is "
                "kept for you.",
                time=event_time(row.return_until, event.zone, city_of(event)),
            )
        case State.WAITLISTED:
            return _(
                "All places are taken. As soon as one becomes free and it is your turn, you get "
                "an e-mail. You need not do anything."
            )
        case State.ACCREDITED:
            return _on_the_day(frame, row)
        case _:
            return _("Write to the organiser if this surprises you.")


def _seats(frame: Frame, row: Registration) -> str:
    """Return in which sessions one has a seat, and for which one waits; "" for none."""
    if row.state not in SEAT_STATES or "delegations" not in frame.event.switches:
        return ""
    seated, waiting = seats_and_waits(row.id)
    given, awaited = [one.title() for one in seated], [one.title() for one in waiting]
    said = []
    if given:
        said.append(_("You have a seat in: %(sessions)s.", sessions=_(", ").join(given)))
    if awaited:
        said.append(
            _(
                "You wait for a seat in: %(sessions)s. You get an e-mail when one becomes free.",
                sessions=_(", ").join(awaited),
            )
        )
    return " ".join(said)


def _last_decision(row: Registration) -> Decision | None:
    """Return the decision that brought the registration where it is."""
    done = [d for d in decisions_of(row.event_id, row.id) if d.outcome == "done"]
    return next((d for d in reversed(done) if d.to_state == row.state), None)


def _reason(last: Decision | None) -> str:
    """Return why it was returned or ended, as far as its owner is told."""
    if last is None:
        return ""
    return last.text or reason_word(last.reason)


def _withdrew(frame: Frame, last: Decision) -> str:
    return _(
        "You withdrew on %(day)s. If you can come after all, write to the organiser.",
        day=day(local(last.effective_at, frame.event.zone).date()),
    )
