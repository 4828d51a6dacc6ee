"""What people may ask of us: a copy of what is held about them, and to be forgotten (R7.7)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.actor import Actor
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.people import personal
from eventhub.people.seams import Whose
from eventhub.registration import queries
from eventhub.registration.forms.staff import EraseForm
from eventhub.registration.models import Registration
from eventhub.registration.permissions import ERASE
from eventhub.registration.personal import check_erasable, may_be_erased, whose_of
from eventhub.registration.queries import registrant
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.frame import own
from eventhub.registration.views.queue import event_here
from eventhub.web.access import BY_LINK, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.throttle import throttle
from eventhub.web.zip_answer import send_zip


@bp.route("/my/<token>/copy", methods=["GET", "POST"])
@requires(BY_LINK)
def copy_own(token: str) -> ResponseReturnValue:
    """Hand over everything held about the person, and say whom to ask to be forgotten."""
    row, frame = own(token)
    return hand_over(
        frame.event,
        row.ref,
        lambda: whose_of(row, frame.event),
        frame.page(),
        back_url=url_for("registration.show_own", token=token),
        actor=registrant(row),
    )


@bp.route("/manage/<slug>/people/<ref>/erase", methods=["GET", "POST"])
@requires(ERASE)
def erase_person(slug: str, ref: str) -> ResponseReturnValue:
    """Erase a person's data for ever, once the reference was typed."""
    event, actor = event_here(), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(ERASE))
    back_url = url_for("registration.show_person", slug=slug, ref=ref)
    if row.erased_at is not None:
        return redirect(back_url)
    form, word = EraseForm(), _reference(row)

    def whose() -> Whose:
        locked = queries.lock_registrations(event.id, [row.id], [actor.scope(ERASE)])[0]
        check_erasable(locked, event)
        return whose_of(locked, event, certificates_too=bool(form.certificates_too.data))

    if forget(form, (word, row.ref), whose, actor=actor):
        return redirect(back_url)
    page = render_template(
        "registration/erase_person.html",
        event=event,
        row=row,
        form=form,
        name=queries.printed_name(row),
        reference=word,
        may_be_erased=may_be_erased(row, event),
        back_url=back_url,
        here_url=request.path,
    )
    return page, form.status


def hand_over(
    event: Event,
    ref: str,
    whose: Callable[[], Whose],
    page: Mapping[str, Any],
    *,
    back_url: str,
    actor: Actor,
) -> ResponseReturnValue:
    """Answer with everything held about somebody, once the private page is asked for it."""
    form = BaseForm()
    if form.is_good():
        throttle("registration.copy", limit=10, minutes=15, who=ref)
        with transaction():
            told, files = personal.export_of(whose(), actor=actor)
        return send_zip(f"{event.slug}-{ref}.zip", personal.pieces_of(told, files))
    shown = render_template(
        "registration/copy.html", **page, form=form, here_url=request.path, back_url=back_url
    )
    return shown, form.status


def forget(
    form: EraseForm, references: Sequence[str], whose: Callable[[], Whose], *, actor: Actor
) -> bool:
    """Erase somebody's data for ever where one of the references was typed; tell whether.

    The first reference is what the person is called; a refusal stands in the form.
    """
    if not form.is_good():
        return False
    try:
        if (form.reference.data or "").upper() not in {one.upper() for one in references}:
            raise Invalid(_("This is not the reference of this person."), "reference")
        with transaction():
            personal.erase(whose(), actor=actor)
    except DomainError as error:
        show_error(form, error)
        return False
    say(_("The data of %(reference)s are erased for ever.", reference=references[0]))
    return True


def _reference(row: Registration) -> str:
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    return queries.reference(row, entity.code if entity else None)
