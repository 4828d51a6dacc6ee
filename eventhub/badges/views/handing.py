"""Envelopes: what lies there, who took which badges, what nobody has taken (R4.12)."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.badges import queries, services
from eventhub.badges.forms import HandOneForm, HandOverForm
from eventhub.badges.queries import OTHERS
from eventhub.badges.services.handing import LONGEST_STICKER
from eventhub.badges.views.blueprint import PRINT, bp
from eventhub.core.actor import EVERYTHING
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.delegations.models import Delegation
from eventhub.delegations.queries import get_delegation, get_delegation_by_id
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event
from eventhub.i18n import _, ngettext
from eventhub.registration.models import Registration
from eventhub.registration.queries import get_registration, numbers_of, printed_name
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import show_error
from eventhub.web.once import once
from eventhub.web.pages import PageOf, page_asked, paged

PER_PAGE = 200


@bp.get("/manage/<slug>/badges/envelopes")
@requires(PRINT, switch="badges")
def list_envelopes(slug: str) -> ResponseReturnValue:
    """List the envelopes: how many badges are in each, how many nobody has taken."""
    event = get_event(slug)
    found = queries.envelopes_of(event, current_actor().scope(PRINT))
    return render_template(
        "badges/list_envelopes.html", event=event, envelopes=found,
        waiting=sum(one.waiting for one in found), handed=sum(one.handed for one in found),
    )  # fmt: skip


@bp.route("/manage/<slug>/envelopes/<ref>", methods=["GET", "POST"])
@requires(PRINT, switch="badges")
def show_envelope(slug: str, ref: str) -> ResponseReturnValue:
    """Show the badges of an envelope, and write down who takes them."""
    event, form = get_event(slug), HandOverForm()
    delegation = _delegation(event, ref)
    if form.is_good():
        try:
            once(
                form.key.data, f"badges.hand_over:{ref}",
                lambda: _hand_over(event, form, delegation),
            )  # fmt: skip
            n = len(form.badges.data or [])
            say(ngettext("%(n)s badge is handed over.", "%(n)s badges are handed over.", n))
            return redirect(url_for("badges.show_envelope", slug=slug, ref=ref), 303)
        except NotFound:
            raise
        except DomainError as error:
            show_error(form, error)
    delegation_id = delegation.id if delegation else None
    query = queries.badges_in(event.id, delegation_id, current_actor().scope(PRINT))
    page: PageOf[Registration] = paged(query, number=page_asked(), per_page=PER_PAGE)
    ready = queries.ready_of(event.id, page.rows)
    chosen = form.badges.data if request.method == "POST" else None
    name = ""
    if delegation is not None:
        name = get_delegation(event.id, ref, EVERYTHING).name
    return render_template(
        "badges/show_envelope.html", event=event, form=form, name=name, ref=ref, page=page,
        lying=[one for one in ready if one.taken is None],
        taken=[one for one in ready if one.taken is not None],
        acts=queries.hand_overs_of(event.id, delegation_id), chosen=chosen,
        numbers=numbers_of(page.rows), printed_name=printed_name,
        categories={one.id: one for one in categories_of(event.id)},
        typed=request.form, longest=LONGEST_STICKER,
    ), form.status  # fmt: skip


def _hand_over(event: Event, form: HandOverForm, delegation: Delegation | None) -> str:
    scope, wanted = current_actor().scope(PRINT), form.badges.data or []
    rows = [get_registration(event.id, one, scope) for one in dict.fromkeys(wanted)]
    delegation_id = delegation.id if delegation else None
    if any(row.delegation_id != delegation_id for row in rows):
        raise NotFound
    return services.hand_over(
        event.id, rows, taken_by=form.taken_by.data, delegation_id=delegation_id,
        stickers={row.ref: _sticker(row) for row in rows}, actor=current_actor(),
    ).ref  # fmt: skip


def _sticker(row: Registration) -> str:
    text = " ".join(request.form.get(f"sticker-{row.ref}", "").split())
    return "".join(letter for letter in text if letter.isprintable())[:LONGEST_STICKER]


@bp.post("/manage/<slug>/people/<ref>/badge/hand-over")
@requires(PRINT, switch="badges")
def hand_one(slug: str, ref: str) -> ResponseReturnValue:
    """Write down at the desk that somebody took one badge."""
    event, form, actor = get_event(slug), HandOneForm(), current_actor()
    row = get_registration(event.id, ref, actor.scope(PRINT))
    if not form.is_good():
        for one in form:
            if one.errors:
                say(str(one.errors[0]), "stop")
    else:
        try:
            once(form.key.data, f"badges.hand_one:{ref}", lambda: services.hand_over(
                event.id, [row], taken_by=form.taken_by.data,
                delegation_id=row.delegation_id, stickers={row.ref: form.sticker.data or ""},
                actor=actor,
            ).ref)  # fmt: skip
            say(_("The badge is handed over."))
        except DomainError as error:
            say(error.message, "stop")
    return redirect(_after(slug, row), 303)


@bp.post("/manage/<slug>/hand-overs/<ref>/take-back")
@requires(PRINT, switch="badges")
def take_back(slug: str, ref: str) -> ResponseReturnValue:
    """Undo a hand-over that was written down wrongly."""
    event, actor = get_event(slug), current_actor()
    act = queries.get_hand_over(event.id, ref)
    if actor.scope(PRINT).categories is not None:
        raise NotFound
    envelope = OTHERS
    if act.delegation_id is not None:
        envelope = get_delegation_by_id(event.id, act.delegation_id).ref
    try:
        with transaction():
            services.take_back(queries.get_hand_over(event.id, ref), actor=actor)
        say(_("The badges count as not handed over again."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("badges.show_envelope", slug=slug, ref=envelope), 303)


def _after(slug: str, row: Registration) -> str:
    """Return the page on which the desk goes on."""
    if current_actor().may("checkin.desk"):
        return url_for("checkin.desk_person", slug=slug, ref=row.ref)
    return url_for("badges.list_envelopes", slug=slug)


def _delegation(event: Event, ref: str) -> Delegation | None:
    """Return whose envelope it is, None for OTHERS; NotFound for what is no delegation here."""
    if ref == OTHERS:
        return None
    return get_delegation(event.id, ref, EVERYTHING).delegation
