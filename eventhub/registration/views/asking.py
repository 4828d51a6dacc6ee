"""Asking people for what is missing: the focal point's page of links, the person's short page."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from eventhub.core.db import db
from eventhub.core.errors import DomainError, NotFound
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event_by_id
from eventhub.events.words import city_of
from eventhub.i18n import _, current, ngettext
from eventhub.i18n.locale import set_current
from eventhub.i18n.times import day
from eventhub.institutions.models import Institution
from eventhub.protocol.queries import name_at
from eventhub.registration import messages, services
from eventhub.registration.forms.choices import honorifics
from eventhub.registration.forms.consents import ConsentForm
from eventhub.registration.forms.delegate import DelegateForm, tell
from eventhub.registration.models import Registration
from eventhub.registration.permissions import VOUCH
from eventhub.registration.queries import printed_name, registrant, setup_of
from eventhub.registration.queries.asking import asking_token, asking_until, by_asking_token
from eventhub.registration.queries.workspace import Member, member_of
from eventhub.registration.rules import CONSENTS
from eventhub.registration.rules.missing import THE_PERSON_CAN, Missing
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.desk import Desk, desk_of, name_of
from eventhub.registration.views.fields import make_form, values_of
from eventhub.registration.views.frame import Frame
from eventhub.registration.views.own_data import marked_fields
from eventhub.registration.views.path import keep_sent_photo, save_consents
from eventhub.registration.views.workspace import missing_in_words
from eventhub.web.access import BY_LINK, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, is_sent
from eventhub.web.language import COOKIE
from eventhub.web.once import once
from eventhub.web.urls import absolute

FIELD_FOR = {
    Missing.PHOTO: "photo",
    Missing.NEW_PHOTO: "photo",
    Missing.POST: "functional_title",
    Missing.EMAIL: "email",
}
"""The form field that takes what is missing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A person to ask: what is missing, the link, the words to send with it."""

    row: Registration
    name: str
    missing: str
    link: str
    words: str
    mail_url: str


@bp.route("/manage/<slug>/delegations/<ref>/ask", methods=["GET", "POST"])
@requires(VOUCH, switch="delegations")
def ask_people(slug: str, ref: str) -> ResponseReturnValue:
    """Show a link for each person chosen, to mail, copy or pass on; mail them all; renew them."""
    desk, form = desk_of(ref, VOUCH), BaseForm()
    refs = request.args.getlist("who") or request.form.getlist("who")
    members = [one for one in desk.members() if not refs or one.row.ref in refs]
    chosen = [one for one in members if set(one.missing) & THE_PERSON_CAN]
    if is_sent():
        act = request.form.get("act", "")
        with_address = [one.row for one in chosen if one.row.email]
        here = desk.url("registration.ask_people", who=refs)

        def do() -> str:
            if act == "renew":
                ids = [one.row.id for one in chosen]
                services.renew_asking(desk.event.id, ids, actor=desk.actor)
            else:
                until = asking_until().isoformat()
                messages.tell("ask", with_address, until=until)
            return act

        once(form.key.data, f"registration.ask_people:{desk.sent.delegation.id}", do)
        if act == "renew":
            say(_("The old links are worthless now. Pass on the new ones."))
            return redirect(here)
        say(
            ngettext("%(n)s person is written to.", "%(n)s people are written to.",
                     len(with_address))
        )  # fmt: skip
        return redirect(desk.url("registration.show_delegation"))
    asked = [_asked(desk, one) for one in chosen]
    return render_template(
        "registration/ask_people.html",
        event=desk.event,
        sent=desk.sent,
        form=form,
        asked=asked,
        addresses=sum(bool(one.row.email) for one in asked),
        complete=[name_of(one) for one in members if one not in chosen],
        until=day(asking_until()),
    )


@bp.route("/my/<token>/missing/<until>", methods=["GET", "POST"])
@requires(BY_LINK)
def add_missing(token: str, until: str) -> ResponseReturnValue:
    """Let a person add what is missing, and nothing else; what is there already is not shown."""
    row = by_asking_token(token, until)
    frame = _frame_of(row)
    _speak_to(row)
    member = member_of(setup_of(row.event_id), row)
    form, consents = _forms(frame, member)
    if is_sent():
        refused = keep_sent_photo(form, row) if "photo" in form else None
        good = form.is_good() and (consents is None or consents.validate())
        try:
            if refused is not None:
                raise refused
            if good:
                once(form.key.data, f"registration.add_missing:{row.ref}",
                     lambda: _keep(frame, row, form, consents))  # fmt: skip
                say(_("Thank you. What you added is kept."))
                return redirect(request.path)
        except DomainError as error:
            tell(form, error)
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    page = render_template(
        "registration/add_missing.html",
        **frame.page(),
        row=row,
        name=printed_name(row, current()),
        entity=name_at(row.event_id, entity) if entity else "",
        form=form,
        fields=[one for one in form if one.name not in ("key", "version", "issued")],
        consents=[consents[name] for name in CONSENTS] if consents is not None else [],
        is_complete=not (set(member.missing) & THE_PERSON_CAN),
        here_url=request.path,
        honorifics=honorifics(),
        where=city_of(frame.event),
        until=day(date.fromisoformat(until)),
    )
    return page, form.status


def asking_url(row: Registration, until: date) -> str:
    """Return the whole address of the page that asks a person for what is missing."""
    return absolute(
        "registration.add_missing", token=asking_token(row, until), until=f"{until:%Y%m%d}"
    )


def _asked(desk: Desk, member: Member) -> Asked:
    row, until = member.row, asking_until()
    link = asking_url(row, until)
    words = _(
        "%(title)s: please add what is missing of your registration (%(missing)s) by %(day)s: "
        "%(link)s",
        title=desk.event.title(),
        missing=missing_in_words(member),
        day=day(until),
        link=link,
    )
    subject = quote(_("Your registration: %(title)s", title=desk.event.title()))
    mail_url = f"mailto:{quote(row.email)}?subject={subject}&body={quote(words)}"
    return Asked(row, name_of(member), missing_in_words(member), link, words, mail_url)


def _forms(frame: Frame, member: Member) -> tuple[DelegateForm, ConsentForm | None]:
    """Return the form of what is missing, and that of the consents where they are."""
    fields = [FIELD_FOR[one] for one in member.missing if one in FIELD_FOR]
    if Missing.CORRECTION in member.missing:
        fields += [name for name in marked_fields(member.row) if name not in fields]
    fields = [name for name in fields if name not in ("answers", "needs_consent")]
    form = make_form(frame, list(dict.fromkeys(fields)), member.row)
    asks = Missing.CONSENT in member.missing
    return form, ConsentForm() if asks else None


def _keep(frame: Frame, row: Registration, form: DelegateForm, consents: ConsentForm | None) -> str:
    values: dict[str, Any] = values_of(frame, form)
    services.fill_in(row, values, actor=registrant(row))
    if consents is not None:
        save_consents(row, {name: bool(consents[name].data) for name in CONSENTS})
    return row.ref


def _frame_of(row: Registration) -> Frame:
    event: Event = get_event_by_id(row.event_id)
    institution = db.session.get(Institution, event.institution_id)
    if institution is None:
        raise NotFound
    return Frame(event, institution, categories_of(event.id))


def _speak_to(row: Registration) -> None:
    if "lang" not in request.args and COOKIE not in request.cookies:
        set_current(row.language)
