"""One registration whole: what is known, what was decided; entering and changing by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.db import db, transaction
from eventhub.core.errors import Conflict, DomainError
from eventhub.entities.models import Entity
from eventhub.entities.queries import get_entity, rank_levels
from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of
from eventhub.i18n import LANGUAGES, _, current, lazy_gettext
from eventhub.i18n.times import day, moment
from eventhub.passes.queries import find_pass
from eventhub.people.queries import accounts_by_id
from eventhub.photos.queries import find_photo
from eventhub.protocol.queries import Named, extras_at, named_at
from eventhub.questionnaires.queries import answers_of, questions_of
from eventhub.questionnaires.queries import said as said_answers
from eventhub.registration import queries, services
from eventhub.registration.forms.choices import GENDERS
from eventhub.registration.forms.consents import ConsentForm
from eventhub.registration.forms.staff import (
    FIRST,
    MORE,
    PLAIN,
    SECOND,
    ChangeForm,
    DecideForm,
    PersonForm,
    plain_values,
)
from eventhub.registration.models import Decision, Registration
from eventhub.registration.permissions import DECIDE, ENTER, ERASE, REVIEW_PHOTO, SEE_NEEDS, VIEW
from eventhub.registration.personal import may_be_erased
from eventhub.registration.queries.words import field_word
from eventhub.registration.rules import State
from eventhub.registration.views.blueprint import bp
from eventhub.registration.views.queue import acts_for, event_here, heading_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once

SOURCES = {
    "self": lazy_gettext("The person"),
    "focal_point": lazy_gettext("The focal point"),
    "organiser": lazy_gettext("The organiser"),
    "invited": lazy_gettext("The person, invited by a link"),
    "desk": lazy_gettext("The desk"),
    "loader": lazy_gettext("A list that was loaded"),
}
OUTCOMES = {
    "done": "",
    "held": lazy_gettext("not in effect yet"),
    "cancelled": lazy_gettext("undone"),
}
CHANGE_STATES = {
    "open": lazy_gettext("Waits for a decision"),
    "accepted": lazy_gettext("Accepted"),
    "refused": lazy_gettext("Refused"),
    "withdrawn": lazy_gettext("Taken back"),
}


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


@bp.route("/manage/<slug>/people/new", methods=["GET", "POST"])
@requires(ENTER)
def new_person(slug: str) -> ResponseReturnValue:
    """Enter a person by hand; it is sent at once."""
    event, actor = event_here(), current_actor()
    categories = _open_to(actor.scope(ENTER).categories, categories_of(event.id, only_on=True))
    form = PersonForm(data={"language": current(), "name_order": "given_first"})
    form.offer(categories, rank_levels())
    form.entity.also_offer(extras_at(event.id))
    _leave_out(form, event)
    if clock.now() <= event.registration_closes_at:
        del form.override
    is_proposed = _proposes(form)
    if not is_proposed and form.is_good():
        override = form.override.data or "" if "override" in form else ""
        try:
            ref = once(
                form.key.data or "",
                f"registration.new_person:{event.id}",
                lambda: _enter(event.id, _values(form, categories), override),
            )
            say(_("The person is entered and told by mail."))
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except DomainError as error:
            _show_error(form, error)
    return render_template(
        "registration/person_form.html",
        event=event,
        form=form,
        is_proposed=is_proposed,
        first=FIRST,
        second=SECOND,
        more=MORE,
        heading=_("Enter a person"),
        action=url_for("registration.new_person", slug=slug),
        back_url=url_for("registration.list_people", slug=slug),
    ), form.status


@bp.route("/manage/<slug>/people/<ref>/edit", methods=["GET", "POST"])
@requires(ENTER)
def edit_person(slug: str, ref: str) -> ResponseReturnValue:
    """Change a registration by hand, at once."""
    event, actor = event_here(), current_actor()
    row = queries.get_registration(event.id, ref, actor.scope(ENTER))
    categories = _open_to(actor.scope(ENTER).categories, categories_of(event.id))
    ranks = rank_levels()
    entity = db.session.get(Entity, row.entity_id) if row.entity_id else None
    form = PersonForm(
        data={
            **{name: getattr(row, name) for name in PLAIN if name != "rank"},
            "version": str(row.version),
            "mode": row.mode,
            "category": next((c.ref for c in categories if c.id == row.category_id), ""),
            "entity": entity.code if entity else "",
            "rank": next((one.code for one in ranks if one.id == row.rank_level_id), ""),
        }
    )
    form.offer(categories, ranks)
    form.entity.also_offer(extras_at(event.id))
    _leave_out(form, event)
    del form.override
    is_proposed = _proposes(form)
    if not is_proposed and form.is_good():
        seen = form.version.data or ""
        version = int(seen) if seen.isdigit() else 0
        try:
            with transaction():
                services.edit(
                    event.id, row.id, _values(form, categories), version=version, actor=actor
                )
            say(_("The registration is changed."))
            return redirect(url_for("registration.show_person", slug=slug, ref=ref))
        except DomainError as error:
            _show_error(form, error)
    return render_template(
        "registration/person_form.html",
        event=event,
        form=form,
        is_proposed=is_proposed,
        first=FIRST,
        second=SECOND,
        more=MORE,
        heading=_("Change %(name)s", name=queries.printed_name(row, current())),
        action=url_for("registration.edit_person", slug=slug, ref=ref),
        back_url=url_for("registration.show_person", slug=slug, ref=ref),
    ), form.status


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
        lines=_lines(event, row, entity),
        history=_history(event, decisions),
        changes=_changes(event, row, categories),
        change_form=change_form or ChangeForm(),
        consents=_consents(event, row),
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


def _lines(event: Event, row: Registration, entity: Named | None) -> list[tuple[str, str]]:
    """Return label and value of what is known, empty values left out."""
    ranks = {one.id: one.name() for one in rank_levels()} if row.rank_level_id else {}
    scripts = LANGUAGES.get(row.language)
    values = {
        "honorific": row.honorific,
        "given_names": row.given_names,
        "family_name": row.family_name,
        "display_caps": row.display_caps,
        "name_local": row.name_local,
        "passport_latin": row.passport_latin,
        "entity_id": entity.name if entity else "",
        "functional_title": row.functional_title,
        "title_en": row.title_en,
        "salutation": row.salutation,
        "in_office_since": day(row.in_office_since) if row.in_office_since else "",
        "organisation": row.organisation,
        "rank_level_id": ranks.get(row.rank_level_id or 0, ""),
        "email": row.email,
        "phone": row.phone,
        "gender": str(GENDERS[row.gender]) if row.gender != "undisclosed" else "",
        "language": scripts.own_name if scripts else row.language,
    }
    lines = [(field_word(name), value) for name, value in values.items() if value]
    if row.functional_title or row.title_en:
        lines.insert(0, (_("In lists"), queries.titled_name(row, current())))
    lines.append((_("Entered by"), str(SOURCES[row.source])))
    if row.submitted_at:
        lines.append((_("Sent"), moment(row.submitted_at, event.zone)))
    held = find_pass(event.id, row.pass_id) if row.pass_id else None
    if held and held.reissued_at:
        made = moment(held.reissued_at, event.zone)
        lines.append(
            (_("Badge"), _("no. %(issue)s, made on %(time)s", issue=held.issue, time=made))
        )
    return lines


def _history(event: Event, decisions: Sequence[Decision]) -> list[dict[str, str]]:
    ids = {one.actor_id for one in decisions if one.actor_kind == "account" and one.actor_id}
    accounts = accounts_by_id(sorted(ids)) if ids else {}
    kinds = {"registrant": _("The person"), "system": _("By rule"), "visitor": _("The person")}
    return [
        {
            "at": moment(one.at, event.zone),
            "to": queries.state_word(one.to_state),
            "kind": queries.kind_of(one.to_state) if one.outcome == "done" else "quiet",
            "who": accounts[one.actor_id].label
            if one.actor_kind == "account" and one.actor_id in accounts
            else kinds.get(one.actor_kind, _("Staff")),
            "why": queries.reason_word(one.reason),
            "text": one.text,
            "fields": " · ".join(field_word(name) for name in one.fields),
            "outcome": str(OUTCOMES[one.outcome]),
        }
        for one in reversed(decisions)
    ]


def _changes(
    event: Event, row: Registration, categories: Mapping[int, Category]
) -> list[dict[str, Any]]:
    return [
        {
            "ref": one.ref,
            "is_open": one.state == "open",
            "state": str(CHANGE_STATES[one.state]),
            "at": moment(one.created_at, event.zone),
            "text": one.text,
            "lines": [
                (
                    field_word(name),
                    _said(name, one.old.get(name), categories),
                    _said(name, value, categories),
                )
                for name, value in one.new.items()
            ],
        }
        for one in queries.changes_of(event.id, row.id)
    ]


def _said(name: str, value: Any, categories: Mapping[int, Category]) -> str:
    """Return the value of a field as people read it."""
    if value in (None, ""):
        return _("nothing")
    if name == "category_id":
        return categories[value].name() if value in categories else ""
    if name == "entity_id":
        entity = db.session.get(Entity, value)
        return entity.name() if entity else ""
    if name == "rank_level_id":
        return next((one.name() for one in rank_levels() if one.id == value), "")
    return _("a new photo") if name == "photo_id" else str(value)


def _consents(event: Event, row: Registration) -> list[tuple[str, bool, str]]:
    form = ConsentForm()
    return [
        (form[purpose].label.text, consent.is_given, moment(consent.at, event.zone))
        for purpose, consent in queries.consents_of(event.id, row.id).items()
        if purpose in form
    ]


def _open_to(reach: frozenset[int] | None, categories: Sequence[Category]) -> list[Category]:
    return [one for one in categories if reach is None or one.id in reach]


def _enter(event_id: int, values: dict[str, Any], override: str) -> str:
    actor = current_actor()
    category_id = values.pop("category_id")
    rows = services.enter(
        event_id, [services.Entry(category_id, values)], actor=actor, source="organiser"
    )
    services.submit(event_id, [rows[0].id], actor=actor, override=override)
    return rows[0].ref


def _leave_out(form: PersonForm, event: Event) -> None:
    """Ask how one takes part only where there are two ways (R1.27)."""
    if event.mode != "hybrid":
        del form.mode


def _proposes(form: PersonForm) -> bool:
    """Fill in forms of address if that was asked for; nothing is kept yet."""
    asked = request.method == "POST" and "propose" in request.form
    if asked:
        form.propose(rank_levels())
    return asked


def _values(form: PersonForm, categories: Sequence[Category]) -> dict[str, Any]:
    ranks = {one.code: one.id for one in rank_levels()} if form.rank.data else {}
    return {
        **plain_values(form),
        **({"mode": form.mode.data} if "mode" in form else {}),
        "category_id": next(one.id for one in categories if one.ref == form.category.data),
        "entity_id": get_entity(form.entity.data).id if form.entity.data else None,
        "rank_level_id": ranks.get(form.rank.data or ""),
    }


def _show_error(form: PersonForm, error: DomainError) -> None:
    field = {"category_id": "category", "entity_id": "entity"}.get(error.field or "", error.field)
    show_error(form, type(error)(error.message, field))
