"""A person's own way to a level, on the private page, in words."""

from dataclasses import dataclass

from flask import render_template, url_for
from markupsafe import Markup

from eventhub.agenda.models import Session
from eventhub.attendance.queries import Known, known_of, ledger_for
from eventhub.attendance.queries.standings import category_of
from eventhub.attendance.queries.survey import survey_asked
from eventhub.attendance.rules import Policy, Progress, progress
from eventhub.attendance.words import STATE_KINDS, STATES, level_word
from eventhub.checkin.queries import marks_of
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.events.queries import find_event_by_id
from eventhub.i18n import _, ngettext
from eventhub.i18n.times import moment, number
from eventhub.registration.models import Registration
from eventhub.registration.queries import token_of
from eventhub.registration.rules import State
from eventhub.registration.seams import Panel

MOST_TO_COME = 6


@dataclass(frozen=True, slots=True)
class Way:
    """What the panel shows of one person's progress."""

    progress: Progress
    sentence: str
    goals: list[tuple[str, str, str]]
    """Level, what is to be said of it, and the kind of its mark."""
    must_see: list[tuple[str, str, str, str]]
    """Title, when, state in words and its kind."""
    to_come: list[tuple[str, str]]
    more_to_come: int
    excused: list[str]
    further: list[str]


def may_answer(person: Registration) -> bool:
    """Tell whether somebody was there, and so may send the survey: one statement."""
    if person.state != State.ACCREDITED:
        return False
    return bool(marks_of(person.event_id, registration_id=person.id))


def panel(registration: Registration) -> Panel | None:
    """Return the part of the private page that tells what is missing for a level."""
    if registration.state != State.ACCREDITED:
        return None
    event = find_event_by_id(registration.event_id)
    category = category_of(registration)
    if event is None or "certificates" not in event.switches or not category.counts_as_participant:
        return None
    known = known_of(event, registration)
    if not known.policy.by_hours:
        return None if known.has_come else _one_check_in()
    way = way_of(event, registration, category.code, known)
    if not way.progress.possible:
        return None
    body = render_template("attendance/_progress.html", way=way)
    links = _links(registration, way) if known.has_come else ()
    return Panel(_("Your way to the certificate"), way.sentence, links, order=38, body=Markup(body))  # noqa: S704  (rendered by us)


def _links(person: Registration, way: Way) -> tuple[tuple[str, str], ...]:
    """Return the way to the survey for who was there, where it is open and missing."""
    is_wanted = way.progress.survey == "waiting" and survey_asked(person.event_id) is not None
    if not is_wanted:
        return ()
    return ((_("Answer the survey"), url_for("attendance.answer", token=token_of(person))),)


def _one_check_in() -> Panel:
    sentence = _("One check-in at the door is enough for a certificate of attendance.")
    return Panel(_("Your way to the certificate"), sentence, order=38)


def way_of(event: Event, person: Registration, category: str, known: Known) -> Way:
    """Return what is said to one person: two statements."""
    policy, ledger = known.policy, ledger_for(event, known, person.id)
    meant = {one.code: one for one in ledger.sessions_for(person.id, category)}
    record = ledger.record(person.id, category)
    credits_ = [ledger.credits[one.id] for one in meant.values()]
    found = progress(credits_, record, policy, clock.now())
    ahead = found.to_come[:MOST_TO_COME]
    done = _("You have %(done)s of %(total)s credited minutes (%(share)s %%).",
             done=number(found.minutes), total=number(found.possible),
             share=int(found.share * 100))  # fmt: skip
    return Way(
        progress=found,
        sentence=done,
        goals=_goals(found),
        must_see=[
            (_title(meant[one.code]), _when(meant[one.code], event),
             str(STATES[one.state]), STATE_KINDS[one.state])
            for one in found.must_see
        ],
        to_come=[
            (_title(meant[code]), _when(meant[code], event)) for code in ahead
        ],
        more_to_come=max(0, len(found.to_come) - MOST_TO_COME),
        excused=[_title(meant[code]) for code, had in record.sessions.items() if had.is_excused],
        further=_further(found, policy),
    )  # fmt: skip


def _title(session: Session) -> str:
    return f"{session.code} {session.title()}"


def _when(session: Session, event: Event) -> str:
    return moment(session.starts_at, event.zone)


def _goals(found: Progress) -> list[tuple[str, str, str]]:
    rows = []
    for one in found.goals:
        lacking = ngettext("%(n)s minute is missing.", "%(n)s minutes are missing.", one.lacking)
        if one.state == "reached":
            said, kind = _("Reached."), "good"
        elif one.is_blocked:
            said, kind = _("Out of reach: you missed a session that nobody may miss."), "stop"
        elif one.state == "out_of_reach":
            said, kind = _("Out of reach: %(lacking)s", lacking=lacking), "stop"
        elif one.lacking:
            ahead = ngettext(
                "You can still get %(n)s minute.", "You can still get %(n)s minutes.", found.ahead
            )
            said, kind = _("%(lacking)s %(ahead)s", lacking=lacking, ahead=ahead), "note"
        else:
            said, kind = _("The time is reached; see below what else it takes."), "note"
        rows.append((level_word(one.level), said, kind))
    return rows


def _further(found: Progress, policy: Policy) -> list[str]:
    share = round((policy.post_test or 0) * 100)
    words = {
        ("test", "passed"): _("You passed the test."),
        ("test", "failed"): _("You did not pass the test; it takes %(share)s %%.", share=share),
        ("test", "waiting"): _("The test is still missing; it takes %(share)s %%.", share=share),
        ("survey", "sent"): _("You sent the survey. Thank you."),
        ("survey", "waiting"): _("The survey is still missing. Only that it is sent counts, not "
                                 "what you answer."),
    }  # fmt: skip
    return [words[key] for key in (("test", found.test), ("survey", found.survey)) if key in words]
