"""Whom to call about a delegation, what was said, what comes next, how it replied."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations import permissions
from eventhub.delegations import services as delegations
from eventhub.delegations.queries import contacts_of, focal_points_of, get_contact, notes_of
from eventhub.delegations.words import REPLIES
from eventhub.i18n import _
from eventhub.i18n.times import day, moment
from eventhub.registration.forms.calls import ContactForm, NoteForm, ReplyForm
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of
from eventhub.web.access import requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent, show_error
from eventhub.web.once import once


@bp.route("/manage/<slug>/delegations/<ref>/calls", methods=["GET", "POST"])
@requires(permissions.EDIT, switch="delegations")
def show_calls(slug: str, ref: str) -> ResponseReturnValue:
    """Show contacts, calls and notes; write down a call, a reply, another contact."""
    desk = desk_of(ref, permissions.EDIT)
    delegation = desk.sent.delegation
    note, contact = NoteForm(), ContactForm()
    reply = ReplyForm(data=None if is_sent() else {"reply": delegation.reply})
    forms: dict[str, BaseForm] = {"note": note, "contact": contact, "reply": reply}
    act = request.form.get("act", "")
    form = forms.get(act)
    if is_sent() and form is None:
        raise NotFound
    if form is not None and form.is_good():
        try:
            once(
                form.key.data,
                f"registration.calls:{act}:{delegation.id}",
                lambda: _do(desk, act, note, contact, reply),
            )
            say(_("It is written down."))
            return redirect(url_for("registration.show_calls", slug=slug, ref=ref))
        except DomainError as error:
            show_error(form, error)
    for name, other in forms.items():
        for field in other:
            field.id = f"{name}-{field.name}"  # the three forms share a page
    points = focal_points_of(desk.event.id, [delegation.id])[delegation.id]
    page = render_template(
        "registration/show_calls.html",
        event=desk.event,
        sent=desk.sent,
        note=note,
        contact=contact,
        reply=reply,
        plain=BaseForm(),
        reply_word=str(REPLIES[delegation.reply]),
        contacts=contacts_of(desk.event.id, delegation.id),
        focal_points=points,
        next_on=day(delegation.next_step_on) if delegation.next_step_on else "",
        notes=[(one, moment(one.at, desk.event.zone)) for one in notes_of(desk.event.id,
                                                                         delegation.id)],
    )  # fmt: skip
    return page, form.status if form is not None else 200


@bp.post("/manage/<slug>/delegations/<ref>/calls/<contact>/remove")
@requires(permissions.EDIT, switch="delegations")
def remove_contact(slug: str, ref: str, contact: str) -> ResponseReturnValue:
    """Remove somebody to write to or call."""
    desk = desk_of(ref, permissions.EDIT)
    row = get_contact(desk.event.id, contact)
    if row.delegation_id != desk.sent.delegation.id:
        raise NotFound

    def act() -> str:
        delegations.remove_contact(row, actor=desk.actor)
        return _("The contact is removed.")

    say(once(BaseForm().key.data, f"registration.remove_contact:{row.id}", act))
    return redirect(url_for("registration.show_calls", slug=slug, ref=ref))


def _do(desk: Desk, act: str, note: NoteForm, contact: ContactForm, reply: ReplyForm) -> str:
    delegation = desk.sent.delegation
    if act == "note":
        delegations.add_note(
            delegation,
            kind=note.kind.data,
            text=note.text.data or "",
            phone=note.phone.data or "",
            next_step=note.next_step.data or "",
            next_step_on=note.next_step_on.data,
            actor=desk.actor,
        )
    elif act == "contact":
        given = {name: contact[name].data or "" for name in ("name", "function", "email", "phone")}
        delegations.add_contacts(delegation, [given], actor=desk.actor)
    else:
        delegations.set_reply(desk.event.id, [delegation.id], reply.reply.data, actor=desk.actor)
    return act
