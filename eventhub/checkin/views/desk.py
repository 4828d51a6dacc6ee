"""The walk-in desk: find or register, accredit, print, check in, from one screen."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.badges import services as badges
from eventhub.badges.forms import HandOneForm
from eventhub.badges.queries import at_the_gate, get_run, ready_of
from eventhub.badges.rules import Choice, needs_photo
from eventhub.badges.words import reason as badge_reason
from eventhub.checkin import forms, queries, services, words
from eventhub.checkin.models import Gate
from eventhub.checkin.permissions import DESK
from eventhub.checkin.rules import ENTER
from eventhub.checkin.views.blueprint import bp
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.core.ids import new_uuid
from eventhub.entities.queries import get_entity
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_category, get_event
from eventhub.i18n import _, current
from eventhub.passes.queries import reissues_of
from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.photos.queries import file_of, get_photo
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import keep_photo, set_state
from eventhub.registration.models import Registration
from eventhub.registration.queries import (
    get_registration,
    kind_of,
    numbers_of,
    photos_reach,
    printed_name,
    search,
    state_word,
)
from eventhub.registration.services import Entry, register_and_accredit, set_photo
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.downloads import send_stored
from eventhub.web.forms import show_error
from eventhub.web.once import once

FIELD_OF = {"category_id": "category", "entity_id": "entity"}


@bp.route("/manage/<slug>/desk", methods=["GET", "POST"])
@requires(DESK)
def walk_in(slug: str) -> ResponseReturnValue:
    """Find somebody, or register, accredit, print and check in who is not found."""
    event = get_event(slug)
    form = _walk_in_form(event)
    if form.is_good():
        try:
            portrait = _portrait("photo") if "photo" in form else None
            ref = once(
                form.key.data, "checkin.walk_in", lambda: _register(slug, form, portrait)
            )  # fmt: skip
            return redirect(_after_run(slug, ref))
        except DomainError as error:
            event = get_event(slug)
            error.field = FIELD_OF.get(error.field or "", error.field)
            show_error(form, error)
    text = request.args.get("q", "")
    found = search(event.id, text, current_actor().scope(DESK)) if text else []
    return render_template(
        "checkin/desk.html", event=event, form=form, text=text, found=found,
        numbers=numbers_of(found), printed_name=printed_name, state_word=state_word,
        kind_of=kind_of,
    ), form.status  # fmt: skip


@bp.get("/manage/<slug>/desk/<ref>")
@requires(DESK)
def desk_person(slug: str, ref: str) -> ResponseReturnValue:
    """Show one person at the desk: the badge, the photo, the gates, a new badge."""
    return _show_person(slug, ref, forms.ReissueForm())


def _show_person(slug: str, ref: str, reissue_form: forms.ReissueForm) -> ResponseReturnValue:
    event = get_event(slug)
    actor = current_actor()
    holder = queries.holder_of_ref(event.id, ref, actor.scope(DESK))
    if holder is None:
        raise NotFound
    has_badges = "badges" in event.switches
    run = get_run(event.id, request.args["run"]) if has_badges and "run" in request.args else None
    held = holder.held
    ready = ready_of(event.id, [holder.registration]) if has_badges else []
    page = render_template(
        "checkin/desk_person.html", event=event, card=queries.card_of(holder), run=run,
        has_badges=has_badges, badge_key=new_uuid(),
        held=at_the_gate(event, [holder.registration])[0].reasons, badge_reason=badge_reason,
        check_in_form=_check_in_form(event), reissue_form=reissue_form,
        reissues=words.reissues_said(reissues_of(held)) if held else [],
        taken=ready[0] if ready else None, may_hand_over=actor.may("badge.print"),
        hand_form=HandOneForm(data={"taken_by": printed_name(holder.registration)}),
        photo_form=forms.PhotoForm(),
        asks_photo=needs_photo(event.preset, event.switches), state_word=state_word,
        kind_of=kind_of, is_confirmed=held is not None and held.state != "void",
    )  # fmt: skip
    waits = run is not None and run.state in ("waiting", "running")
    return page, reissue_form.status, {"Refresh": "2"} if waits else {}


@bp.post("/manage/<slug>/desk/<ref>/check-in")
@requires(DESK)
def desk_check_in(slug: str, ref: str) -> ResponseReturnValue:
    """Check the person in at a gate."""
    form = _check_in_form(get_event(slug))
    if not form.validate():
        raise NotFound
    with transaction():
        event = get_event(slug)
        holder = queries.holder_of_ref(event.id, ref, current_actor().scope(DESK))
        if holder is None:
            raise NotFound
        answer = _check_in(event, holder, form.gate.data, form.key.data or "")
    _say(answer)
    return redirect(url_for("checkin.desk_person", slug=slug, ref=ref), 303)


@bp.post("/manage/<slug>/desk/<ref>/badge")
@requires(DESK, switch="badges")
def desk_badge(slug: str, ref: str) -> ResponseReturnValue:
    """Make the badge; the page that follows shows it when it is ready."""
    key = request.form.get("key", "")
    run = once(key, f"checkin.desk_badge:{ref}", lambda: _start_run(slug, ref))
    return redirect(_after_run(slug, f"{ref} {run}"))


@bp.post("/manage/<slug>/desk/<ref>/reissue")
@requires(DESK, switch="badges")
def desk_reissue(slug: str, ref: str) -> ResponseReturnValue:
    """Make the old badge worthless and print the new one (R4.5)."""
    _known(slug, ref)
    form = forms.ReissueForm()
    if not form.is_good():
        return _show_person(slug, ref, form)
    try:
        run = once(form.key.data, f"checkin.reissue:{ref}", lambda: _reissue(slug, ref, form))
    except DomainError as error:
        show_error(form, error)
        return _show_person(slug, ref, form)
    say(_("The old badge is refused at every door from now on."))
    return redirect(_after_run(slug, f"{ref} {run}"))


@bp.post("/manage/<slug>/desk/<ref>/photo")
@requires(DESK)
def desk_photo(slug: str, ref: str) -> ResponseReturnValue:
    """Keep a portrait taken at the desk; whoever took it has seen the person."""
    _known(slug, ref)
    here = url_for("checkin.desk_person", slug=slug, ref=ref)
    try:
        portrait = _portrait("photo")
        if portrait is None:
            say(_("Choose a photo first."), "stop")
            return redirect(here, 303)
        with transaction():
            _keep_photo(get_event(slug), _known(slug, ref), portrait)
        say(_("The photo is kept."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(here, 303)


@bp.get("/manage/<slug>/desk/photos/<photo_ref>.jpg")
@requires(DESK)
def desk_picture(slug: str, photo_ref: str) -> ResponseReturnValue:
    """Answer with the portrait of a person of the event."""
    event = get_event(slug)
    found = get_photo(event.id, photo_ref)
    if not photos_reach(event.id, found.id, current_actor().scope(DESK)):
        raise NotFound
    return send_stored(file_of(found), name="photo.jpg", inline=True)


def _walk_in_form(event: Event) -> Any:
    form = forms.WalkInForm()
    limits = current_actor().scope(DESK).categories
    allowed = [
        one for one in categories_of(event.id, only_on=True) if limits is None or one.id in limits
    ]
    form.category.choices = {one.ref: one.name() for one in allowed}
    gates = _gates(event)
    form.gate.choices = {"": _("Not now")} | gates
    absent = [
        name
        for name, is_on in (
            ("photo", needs_photo(event.preset, event.switches)),
            ("print_badge", "badges" in event.switches),
            ("gate", bool(gates)),
        )
        if not is_on
    ]
    return forms.without(form, *absent)


def _check_in_form(event: Event) -> forms.CheckInForm:
    form = forms.CheckInForm()
    form.gate.choices = _gates(event)
    return form


def _gates(event: Event) -> dict[str, str]:
    if "doors" not in event.switches:
        return {}
    found = queries.gates_of(event.id, only_open=True, scope=current_actor().scope(DESK))
    return {gate.ref: words.gate_name(gate) for gate in found if _lets_in(gate)}


def _lets_in(gate: Gate) -> bool:
    return gate.kind == "door" and gate.direction == "in"


def _register(slug: str, form: Any, portrait: Portrait | None) -> str:
    """Register, accredit, print, check in; return the ref, and that of the run behind a blank."""
    event, actor = get_event(slug), current_actor()
    typed = form.data
    entity = get_entity(typed["entity"]) if typed["entity"] else None
    values = {
        "honorific": typed["honorific"] or "",
        "family_name": typed["family_name"] or "",
        "given_names": typed["given_names"] or "",
        "organisation": typed["organisation"] or "",
        "functional_title": typed["functional_title"] or "",
        "email": typed["email"] or "",
        "language": current(),
        "entity_id": entity.id if entity else None,
    }
    category = get_category(event.id, typed["category"])
    [row] = register_and_accredit(
        event.id, [Entry(category.id, values)], actor=actor, tell=bool(values["email"])
    )
    if portrait is not None:
        _keep_photo(event, row, portrait)
    holder = queries.holder_of_ref(event.id, row.ref) if typed.get("gate") else None
    answer = _check_in(event, holder, typed["gate"], new_uuid()) if holder else None
    run = ""
    if typed.get("print_badge") and not at_the_gate(event, [row])[0].reasons:
        run = badges.start_run(event, Choice(refs=(row.ref,)), actor=actor).ref
    say(_("%(name)s is registered and confirmed.", name=printed_name(row)))
    if answer is not None:
        _say(answer)
    return f"{row.ref} {run}".strip()


def _known(slug: str, ref: str) -> Registration:
    """Return somebody of this event within the desk's reach; NotFound for anybody else."""
    return get_registration(get_event(slug).id, ref, current_actor().scope(DESK))


def _start_run(slug: str, ref: str) -> str:
    event, actor, row = get_event(slug), current_actor(), _known(slug, ref)
    return str(badges.start_run(event, Choice(refs=(row.ref,)), actor=actor).ref)


def _reissue(slug: str, ref: str, form: forms.ReissueForm) -> str:
    event, actor, row = get_event(slug), current_actor(), _known(slug, ref)
    services.reissue(event, row, reason=form.reason.data, document=form.document.data, actor=actor)
    return str(badges.start_run(event, Choice(refs=(row.ref,)), actor=actor).ref)


def _check_in(event: Event, holder: queries.Holder, gate_ref: str, uid: str) -> services.Answer:
    actor = current_actor()
    gate = services.hold_gate(event.id, gate_ref, actor.scope(DESK))
    return services.check_in(event, gate, holder, uid=uid, source="walk_in", actor=actor)


def _say(answer: services.Answer) -> None:
    if answer.answer == ENTER:
        say(_("Checked in."))
    else:
        say(_("Not checked in: %(why)s.", why=words.reason(answer.reason)), "stop")


def _keep_photo(event: Event, row: Registration, portrait: Portrait) -> None:
    actor = current_actor()
    photo = keep_photo(event.id, portrait, actor=actor)
    set_state([photo], PhotoState.OK, actor=actor)
    set_photo(row, photo.id, actor=actor)


def _portrait(name: str) -> Portrait | None:
    """Return the portrait sent, worked out before the transaction; Invalid where it is no photo."""
    sent = request.files.get(name)
    return portrait_of(sent.read()) if sent is not None and sent.filename else None


def _after_run(slug: str, answer: str) -> str:
    """Return the person's page; it waits for the run at most two seconds before it is shown."""
    ref, _blank, run = answer.partition(" ")
    if run:
        badges.wait_for(get_event(slug).id, run)
        return url_for("checkin.desk_person", slug=slug, ref=ref, run=run)
    return url_for("checkin.desk_person", slug=slug, ref=ref)
