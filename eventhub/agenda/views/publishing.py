"""Publishing the draft: what changes, who is told, what clashes, from when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda import queries, services
from eventhub.agenda.forms.publishing import NumberForm, PublishForm, as_number, given
from eventhub.agenda.lint import faults_of, look_over
from eventhub.agenda.messages import news_letter
from eventhub.agenda.models import ProgrammeProposal, ProgrammeVersion, Speaker
from eventhub.agenda.services.notices import TO_SPEAKER
from eventhub.agenda.showing import revision
from eventhub.agenda.telling import tell
from eventhub.agenda.views.blueprint import bp
from eventhub.core.errors import DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import _, times
from eventhub.web.access import current_actor, current_place, requires
from eventhub.web.context import say
from eventhub.web.fields import refuse
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@dataclass(frozen=True, slots=True)
class Told:
    """Who will be told of a publication, and one of the letters."""

    people: int = 0
    speakers: int = 0
    example: str = ""


@bp.route("/manage/<slug>/programme/publish", methods=["GET", "POST"])
@requires("agenda.publish")
def publish(slug: str) -> ResponseReturnValue:
    """Show what publishing changes, whom it concerns and what clashes; publish or propose."""
    standing = queries.standing_at(slug)
    event = standing.event
    two_persons = standing.settings.two_persons
    if standing.proposal:
        return redirect(url_for("agenda.show_proposal", slug=slug))
    draft = queries.load_draft(event.id)
    pending = services.what_would_change(event, draft, standing=standing)
    faults = faults_of(look_over(event, draft))
    form = PublishForm(data=given(pending.programme.number))
    if form.is_good():

        def act() -> str:
            if faults and not form.anyway.data:
                raise Invalid(
                    _("Something clashes. Put it right, or tick that you publish anyway."),
                    "anyway",
                )
            terms, actor = form.terms(event), current_actor()
            if two_persons:
                return proposed(services.propose_agenda(event, terms, actor=actor))
            return published(services.publish_agenda(event, terms=terms, actor=actor))

        if answer := carried_out(form, f"agenda.publish:{event.id}", act, event):
            return answer
        pending = services.what_would_change(event)  # another person may have published
    names = {session.ref: f"{session.code} {session.title()}" for session in draft.sessions}
    page = render_template(
        "agenda/publish.html",
        event=event,
        form=form,
        two_persons=two_persons,
        clashes=[(ref, names[ref], faults[ref]) for ref in names if ref in faults],
        **seen_before(event, pending, draft.speakers.values()),
    )
    return page, form.status


PROPOSED = "proposed"


def published(version: ProgrammeVersion) -> str:
    """Return what `carried_out` is answered of a version that was published."""
    return str(version.number)


def proposed(_proposal: ProgrammeProposal) -> str:
    """Return what `carried_out` is answered where another person has to confirm."""
    return PROPOSED


def carried_out(
    form: BaseForm, purpose: str, act: Callable[[], str], event: Event
) -> ResponseReturnValue | None:
    """Do it once, say so and go on; None where it was refused and the form is shown again.

    `act` answers what it `published` or `proposed`.
    """
    try:
        done = once(form.key.data, purpose, act)
    except DomainError as error:
        refuse(form, error)
        if "number" in form:  # what the page says from here on is what it compares with
            form["number"].data = str(queries.next_number(event.id))
        return None
    if done == PROPOSED:
        say(_("Your proposal waits for another person to confirm it."))
        return redirect(url_for("agenda.show_proposal", slug=event.slug))
    number = int(done)
    version = queries.find_version(event.id, number)
    if version is not None and version.public_at:
        moment = times.moment(version.public_at, event.zone)
        say(_("%(revision)s becomes public on %(moment)s.", revision=revision(number),
              moment=moment))  # fmt: skip
    else:
        name = revision(number)
        say(_("%(revision)s is published. The public pages follow now.", revision=name))
    return redirect(url_for("agenda.show_version", slug=event.slug, number=number))


def seen_before(
    event: Event, pending: services.Pending, speakers: Iterable[Speaker] | None = None
) -> dict[str, Any]:
    """Return what the pages show of a publication before it is done."""
    coming = pending.coming
    return {
        "pending": pending,
        "name": revision(pending.programme.number),
        "changes_told": list(tell(pending.changes, pending.before, pending.programme)),
        "told": told_by(event, pending, speakers),
        "zone_now": times.zone_city(event.zone),
        "coming": coming,
        "coming_name": revision(coming.number) if coming else "",
        "coming_moment": times.moment(queries.public_since(coming), event.zone) if coming else "",
    }


def told_by(
    event: Event, pending: services.Pending, speakers: Iterable[Speaker] | None = None
) -> Told:
    """Return who would be told, and what one of them would read."""
    if pending.before is None:
        return Told()
    news = services.news_of(event, pending.before, pending.programme)
    readers = services.readers_of(news, speakers)
    if not readers:
        return Told()
    speaking = sum(reader.message == TO_SPEAKER for reader in readers)
    example = news_letter(news, readers[0].uids, name="", host=current_place().institution_name)
    return Told(len(readers) - speaking, speaking, example.text if example else "")


@bp.post("/manage/<slug>/programme/embargo/cancel")
@requires("agenda.publish")
def cancel_embargo(slug: str) -> ResponseReturnValue:
    """Take back a version before it becomes public."""
    event = get_event(slug)
    form = NumberForm()
    number = as_number(form.number.data)

    def act() -> str:
        services.cancel_embargo(event, number, actor=current_actor())
        return str(number)

    try:
        once(form.key.data, f"agenda.cancel_embargo:{event.id}", act)
        say(_("%(revision)s is taken back and stays unpublished.", revision=revision(number)))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("agenda.list_versions", slug=slug))
