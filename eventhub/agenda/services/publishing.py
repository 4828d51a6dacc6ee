"""Publishing the programme as a numbered version, at once or from an hour on."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from eventhub.agenda.freezing import freeze
from eventhub.agenda.frozen import SCHEMA, pack
from eventhub.agenda.models import ProgrammeVersion
from eventhub.agenda.queries import (
    Draft,
    Standing,
    find_coming,
    find_newest,
    find_proposal,
    find_version,
    load_draft,
    programme_in,
    public_since,
    publishing_settings,
)
from eventhub.agenda.queries.papers import papers_of
from eventhub.agenda.rules import Change, Programme, changes_between, numbered
from eventhub.agenda.seams import PROGRAMME_PAPERS
from eventhub.agenda.showing import revision
from eventhub.agenda.signals import in_force, published
from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.events.models import Event
from eventhub.events.services.shared import check_open
from eventhub.i18n import _, times
from eventhub.jobs.rules import SOON
from eventhub.jobs.services import queue


@dataclass(frozen=True, slots=True)
class Pending:
    """What publishing would do: the changes, the programme it would publish, the one before."""

    changes: list[Change]
    programme: Programme
    before: Programme | None
    newest: ProgrammeVersion | None = None
    """What was published last, and holds `before`."""

    @property
    def coming(self) -> ProgrammeVersion | None:
        """Return what is published but under embargo, where something is."""
        newest = self.newest
        waits = newest is not None and public_since(newest) > clock.now()
        return newest if waits else None

    @property
    def is_needed(self) -> bool:
        """Tell whether there is anything to publish."""
        return bool(self.programme.sessions) and (self.before is None or bool(self.changes))


@dataclass(frozen=True, slots=True)
class Terms:
    """How something is published: the note beside it, from when, as which number.

    public_from is an instant, None for at once. `number` is what the publisher was shown that it
    becomes; None is for whoever reads and publishes in one transaction.
    """

    note: str = ""
    public_from: datetime | None = None
    number: int | None = None


def what_would_change(
    event: Event, draft: Draft | None = None, *, standing: Standing | None = None
) -> Pending:
    """Return what publishing the draft would do now, compared with what was published last."""
    newest = standing.newest if standing else find_newest(event.id)
    before = programme_in(newest) if newest else None
    number = 0 if before is None else before.number + 1
    programme = freeze(draft or load_draft(event.id), papers_of(event.id), number, before)
    return Pending(changes_between(before, programme), programme, before, newest)


def publish_agenda(
    event: Event, *, note: str = "", terms: Terms | None = None, actor: Actor
) -> ProgrammeVersion:
    """Freeze the draft as the next version; Conflict where it says nothing new.

    Conflict too where the event wants two persons for it, where a version under embargo waits, or
    where another one was published meanwhile. What follows (pages made anew, people told) hangs
    on the signal `agenda.signals.published`.
    """
    terms = terms or Terms(note)
    begin(event)
    if publishing_settings(event.id).two_persons:
        raise Conflict(_("Two persons publish this programme: propose it, another one confirms."))
    pending = checked(event, what_would_change(event), terms)
    return keep_version(event, pending.programme, pending.before, terms, actor=actor)


def begin(event: Event) -> None:
    """Let nobody else publish the event's programme until the transaction ends."""
    check_open(event)
    lock(event)


def lock(event: Event) -> None:
    """Wait until nobody else publishes or tells of the event's programme."""
    db.session.scalars(select(Event.id).where(Event.id == event.id).with_for_update()).one()


def checked(event: Event, pending: Pending, terms: Terms) -> Pending:
    """Return what is pending where it may be published or proposed now; Conflict otherwise."""
    number, newest = pending.programme.number, find_newest(event.id)
    if terms.number not in (None, number) and newest is not None:
        raise Conflict(
            _(
                "%(who)s published %(revision)s meanwhile. Look at what changes now.",
                who=newest.published_by,
                revision=revision(newest.number),
            )
        )
    check_nothing_waits(event)
    if not pending.programme.sessions:
        raise Conflict(_("Add a session before publishing the programme."))
    if not pending.is_needed:
        raise Conflict(_("Nothing has changed since the last publication."))
    if terms.public_from is not None and terms.public_from <= clock.now():
        raise Invalid(_("Choose a time that is still to come, or leave it out."), "public_from")
    return pending


def check_nothing_waits(event: Event) -> None:
    """Raise Conflict where a version under embargo or a proposal waits."""
    if coming := find_coming(event.id):
        raise Conflict(
            _(
                "%(revision)s becomes public on %(moment)s. Cancel that before you publish again.",
                revision=revision(coming.number),
                moment=times.moment(public_since(coming), event.zone),
            )
        )
    if waiting := find_proposal(event.id):
        raise Conflict(
            _(
                "What %(who)s proposed waits for a decision. Confirm or drop it first.",
                who=waiting.proposed_by,
            )
        )


def keep_version(
    event: Event, programme: Programme, before: Programme | None, terms: Terms, *, actor: Actor
) -> ProgrammeVersion:
    """Keep a programme as the version after `before`, and tell who listens."""
    now = clock.now()
    embargo = terms.public_from if terms.public_from and terms.public_from > now else None
    programme = numbered(replace(programme, published_at=embargo or now), before)
    data, sha256 = pack(programme)
    found = changes_between(before, programme)
    version = ProgrammeVersion(
        event_id=event.id, number=programme.number, schema=SCHEMA, data=data,
        sha256=sha256, note=terms.note, published_by=actor.label, published_at=now,
        public_at=embargo, told_at=None if before else now,
        changes=[{"uid": c.uid, "kind": c.kind, "fields": list(c.fields)} for c in found],
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    changed: dict[str, tuple[object, object]] = {
        "number": (before.number if before else None, version.number)
    }
    if embargo:
        changed["public_from"] = (None, embargo.isoformat())
    record(actor, "agenda.publish", [Subject("event", event.ref, changed)], event_id=event.id)
    published.send(event, version=version)
    if embargo is None:
        in_force.send(event, version=version)
    return version


def cancel_embargo(event: Event, number: int, *, actor: Actor) -> None:
    """Take back a version that is not public yet, as if it had not been published.

    Nobody outside has seen it, so the next publication gets its number; Conflict once it is
    public.
    """
    begin(event)
    coming = find_coming(event.id)
    if coming is None or coming.number != number:
        raise Conflict(_("It is public already. Publish a new version, or go back to an old one."))
    changed = {"number": (number, None), "public_from": (public_since(coming).isoformat(), None)}
    db.session.delete(coming)
    event.version += 1  # pages made of it beforehand are found no more
    db.session.flush()
    subject = Subject("event", event.ref, changed)
    record(actor, "agenda.cancel_embargo", [subject], event_id=event.id)


def queue_render(event: Event, *, version: ProgrammeVersion) -> None:
    """Queue the making of a version's pages, and what follows when its embargo ends."""
    number = version.number
    queue("agenda.render", event_id=event.id, number=number)
    if PROGRAMME_PAPERS:
        queue("agenda.print", event_id=event.id, priority=SOON, number=number)
    if version.public_at is not None:
        queue("agenda.appear", event_id=event.id, run_at=version.public_at, number=number)


def appear(event: Event, number: int) -> bool:
    """Tell who listens that the embargo of a version has ended; False where it was cancelled."""
    version = find_version(event.id, number)
    if version is None or public_since(version) > clock.now():
        return False
    in_force.send(event, version=version)
    return True
