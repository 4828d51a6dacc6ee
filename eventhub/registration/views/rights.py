"""What people may ask of us: a copy of what is held about them, and to be forgotten (R7.7)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.entities.models import Entity
from eventhub.i18n import _
from eventhub.people import personal
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
    form = BaseForm()
    if form.is_good():
        throttle("registration.copy", limit=10, minutes=15, who=row.ref)
        with transaction():
            told, files = personal.export_of(whose_of(row, frame.event), actor=registrant(row))
        return send_zip(f"{frame.event.slug}-{row.ref}.zip", personal.pieces_of(told, files))
    page = render_template(
        "registration/copy.html",
        **frame.page(),
        form=form,
        here_url=request.path,
        back_url=url_for("registration.show_own", token=token),
    )
    return page, form.status


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
    if form.is_good():
        try:
            if (form.reference.data or "").upper() not in (word.upper(), row.ref):
                raise Invalid(_("This is not the reference of this person."), "reference")
            with transaction():
                row = queries.lock_registrations(event.id, [row.id], [actor.scope(ERASE)])[0]
                check_erasable(row, event)
                whose = whose_of(row, event, certificates_too=bool(form.certificates_too.data))
                personal.erase(whose, actor=actor)
            say(_("The data of %(reference)s are erased for ever.", reference=word))
            return redirect(back_url)
        except DomainError as error:
            show_error(form, error)
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


def _reference(row: Registration) -> str:
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    return queries.reference(row, entity.code if entity else None)
