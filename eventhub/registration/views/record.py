"""One registration whole: what is known, what was decided, changes asked for."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.audit.services import Subject, record
from eventhub.core.db import transaction
from eventhub.core.errors import Conflict, DomainError
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.i18n import _
from eventhub.i18n.times import moment
from eventhub.photos.queries import find_photo
from eventhub.protocol.queries import named_at
from eventhub.questionnaires.queries import answers_of, questions_of
from eventhub.questionnaires.queries import said as said_answers
from eventhub.registration import queries, services
from eventhub.registration.forms.staff import (
    ChangeForm,
    DecideForm,
)
from eventhub.registration.models import Registration
from eventhub.registration.permissions import DECIDE, ENTER, ERASE, REVIEW_PHOTO, SEE_NEEDS, VIEW
from eventhub.registration.personal import may_be_erased
from eventhub.registration.rules import State
from eventhub.registration.views.beside import acts_for
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.known import changes_of, consents_of, history_of, lines_of
from eventhub.registration.views.queue import event_here, heading_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.get("/manage/<slug>/people/<ref>")
@requires(VIEW)
def show_person(slug: str, ref: str) -> ResponseReturnValue:
    """Show all that is known of one registration, but for sensitive answers."""
    event = event_here()
    row = queries.get_registration(event.id, ref, current_actor().scope(VIEW))
    return _show(event, row, needs=None)


@bp.post("/manage/<slug>/people/<ref>/needs")
@requires(SEE_NEEDS)
def show_needs(slug: str, ref: str) -> ResponseReturnValue:
    """Show the sensitive answers too, and write down who saw them."""
    event, actor = event_here(), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(SEE_NEEDS))
    with transaction():
        record(
            actor, "registration.see_needs", [Subject("registration", row.ref)], event_id=event.id
        )
    asked = questions_of(event.id)
    return _show(event, row, needs=said_answers(asked, answers_of(event.id, row.id)))


@bp.post("/manage/<slug>/people/<ref>/changes/<change_ref>")
@requires(DECIDE)
def decide_change(slug: str, ref: str, change_ref: str) -> ResponseReturnValue:
    """Agree to a change that the person asked for, or refuse it."""
    event, actor = event_here(), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(DECIDE))
    change = queries.get_change(event.id, change_ref, actor.scope(DECIDE))
    form = ChangeForm()
    accept = request.form.get("answer") == "accept"
    text = form.text.data or ""
    if form.is_good():
        try:
            with transaction():
                services.decide_change(
                    change.id, event_id=event.id, accept=accept, text=text, actor=actor
                )
            say(_("The change is accepted.") if accept else _("The change is refused."))
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except Conflict as error:
            say(error.message, "stop")
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    return _show(event, row, needs=None, change_form=form), form.status


@bp.post("/manage/<slug>/people/<ref>/link")
@requires(ENTER)
def send_person_link(slug: str, ref: str) -> ResponseReturnValue:
    """Send the private link again to the person's address."""
    event = event_here()
    row = queries.get_registration(event.id, ref, current_actor().scope(ENTER))
    form = ChangeForm()

    def act() -> str:
        services.send_link(row)
        return row.ref

    if row.email:
        once(form.key.data or "", f"registration.send_link:{row.ref}", act)
        say(_("The link is on its way to %(email)s.", email=row.email))
    else:
        say(_("There is no e-mail address to send it to."), "attention")
    return redirect(url_for("registration.show_person", slug=slug, ref=ref))


def _show(
    event: Event,
    row: Registration,
    *,
    needs: list[tuple[str, str]] | None,
    change_form: ChangeForm | None = None,
) -> str:
    actor = current_actor()
    categories = {one.id: one for one in categories_of(event.id)}
    entity = named_at(event.id, [row.entity_id]).get(row.entity_id or 0)
    decisions = queries.decisions_of(event.id, row.id)
    held = any(one.outcome == "held" for one in decisions)
    photo = find_photo(event.id, row.photo_id)
    place = None
    if row.state == State.WAITLISTED:
        setup = queries.Setup(event, categories, queries.settings_of(event.id))
        place = queries.places_in(setup).get(row.id)
    return render_template(
        "registration/show_person.html",
        event=event,
        heading=heading_of(event),
        row=row,
        name=queries.printed_name(row),
        category=categories[row.category_id],
        entity=entity,
        reference=queries.reference(row, entity.code if entity else None),
        state_word=queries.state_word(row.state),
        kind=queries.kind_of(row.state),
        place=place,
        turn=queries.turn_word(place.turn) if place else "",
        lines=lines_of(event, row, entity),
        history=history_of(event, decisions),
        changes=changes_of(event, row, categories),
        change_form=change_form or ChangeForm(),
        consents=consents_of(event, row),
        photo_url=url_for("registration.photo", slug=event.slug, ref=row.ref) if photo else "",
        acts=acts_for(row, is_held=held),
        form=DecideForm(),
        reject=DecideForm.for_move(State.REJECTED),
        return_=DecideForm.for_move(State.RETURNED),
        may_edit=actor.may(ENTER) and row.erased_at is None,
        erased=moment(row.erased_at, event.zone) if row.erased_at else "",
        may_erase=actor.may(ERASE) and may_be_erased(row, event),
        may_decide=actor.may(DECIDE),
        photo=photo,
        may_review=actor.may(REVIEW_PHOTO),
        may_see_needs=actor.may(SEE_NEEDS),
        needs=needs,
    )
