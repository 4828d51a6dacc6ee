"""Pools of seats: listing, adding, changing and ending them (R1.8, R1.11)."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from eventhub.agenda.models import Session
from eventhub.agenda.queries import get_session, sessions_of
from eventhub.agenda.rules import QUIET_KINDS
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.events.rules import PRESETS
from eventhub.i18n import Translated, _, lazy_gettext, pgettext
from eventhub.places import forms, queries, words
from eventhub.places.permissions import EDIT
from eventhub.places.rules import exemptions_in
from eventhub.places.views.blueprint import bp
from eventhub.registration import services
from eventhub.registration.models import Pool
from eventhub.registration.permissions import VIEW
from eventhub.registration.queries import PER_SESSION, Setup, pool_name, setup_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, said_in, shown_in
from eventhub.web.forms import show_error
from eventhub.web.once import once


@bp.get("/manage/<slug>/places")
@requires(VIEW)
def list_pools(slug: str) -> ResponseReturnValue:
    """List the pools with what is used and free."""
    event = get_event(slug)
    setup = setup_of(event.id)
    return render_template(
        "places/list_pools.html",
        event=event,
        lines=queries.pool_lines(setup),
        categories=_listed(setup),
        may_edit=current_actor().may(EDIT),
        may_list=_has_tickets(event.preset),
        words=words,
        pool_name=pool_name,
    ), 200


@bp.route("/manage/<slug>/places/new", methods=["GET", "POST"])
@requires(EDIT)
def new_pool(slug: str) -> ResponseReturnValue:
    """Add a pool."""
    event = get_event(slug)
    setup = setup_of(event.id)
    form = _form(setup, None)
    if form.is_good():
        try:
            code = once(
                form.key.data,
                f"places.new_pool:{event.id}",
                lambda: (
                    services.open_pool(
                        event,
                        form.code.data,
                        _terms(event, form, Translated()),
                        confirmed=form.confirmed.data,
                        actor=current_actor(),
                    ).code
                ),
            )
            say(_("The limit is there."))
            return redirect(url_for("places.show_pool", slug=slug, code=code))
        except DomainError as error:
            show_error(form, error)
    page = render_template(
        "places/pool.html",
        event=event,
        form=form,
        line=None,
        pool=None,
        session=None,
        may_edit=True,
    )
    return page, form.status


@bp.route("/manage/<slug>/places/pools/<code>", methods=["GET", "POST"])
@requires(VIEW, to_send=EDIT)
def show_pool(slug: str, code: str) -> ResponseReturnValue:
    """Show a pool with whoever uses it, and change it."""
    event = get_event(slug)
    pool = queries.get_pool(event.id, code)
    setup = setup_of(event.id)
    form = _form(setup, pool)
    if form.is_good():
        version = form.version.data or ""
        try:
            with transaction():
                services.change_pool(
                    event,
                    code,
                    _terms(event, form, pool.names, pool),
                    version=int(version) if version.isdecimal() else 0,
                    confirmed=form.confirmed.data,
                    actor=current_actor(),
                )
            say(_("Saved."))
            return redirect(url_for("places.list_pools", slug=slug))
        except DomainError as error:
            show_error(form, error)
            pool = queries.get_pool(event.id, code)
    line = queries.lines_of(setup, [pool])[0]
    page = render_template(
        "places/pool.html",
        event=event,
        form=form,
        line=line,
        pool=pool,
        name=pool_name(pool),
        names=queries.holder_names(line),
        is_whole=words.is_whole(pool),
        session=_session_of(pool),
        may_edit=current_actor().may(EDIT),
    )
    return page, form.status


@bp.post("/manage/<slug>/places/pools/<code>/end")
@requires(EDIT)
def end_pool(slug: str, code: str) -> ResponseReturnValue:
    """Take a pool away; nobody loses a seat."""
    event = get_event(slug)
    pool = queries.get_pool(event.id, code)
    form = forms.EndForm(data={"version": str(pool.version)})
    version = form.version.data or ""
    try:
        with transaction():
            services.end_pool(
                event,
                code,
                version=int(version) if version.isdecimal() else 0,
                actor=current_actor(),
            )
        say(_("The limit is taken away."))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("places.list_pools", slug=slug))


def _has_tickets(preset: str) -> bool:
    """Tell whether the event asks for grounds passes and the reader makes lists (R1.25)."""
    return "grounds_pass" in PRESETS[preset].fields and current_actor().may("ticket.make")


def _listed(setup: Setup) -> list[Any]:
    return sorted(setup.categories.values(), key=lambda one: (one.place, one.id))


def _form(setup: Setup, pool: Pool | None) -> Any:
    """Return the form of a pool, filled as it stands; what the event has not is left out."""
    event = setup.event
    kind = in_languages(
        forms.PoolForm, event.languages, name=line_in(lazy_gettext("Name"), required=False)
    )
    sessions = _sessions(event)
    data: dict[str, Any] = {"scope": "per_delegation", "when_full": "refuse", "lock": "hard"}
    if pool is not None:
        plain = ("code", "scope", "categories", "modes", "seats", "each", "when_full", "lock")
        data = {name: getattr(pool, name) for name in plain}
        data["session"] = next((s.ref for s in sessions if s.id == pool.session_id), "")
        data["version"] = str(pool.version)
        data["exemptions"] = queries.exemptions_of(pool)
        data |= shown_in("name", pool.names)
    form: Any = kind(data=data)
    form.categories.choices = {
        one.code: one.name()
        for one in _listed(setup)
        if one.is_on or (pool is not None and one.code in pool.categories)
    }
    form.session.choices = {"": pgettext("session", "None")} | {
        one.ref: one.title() for one in sessions
    }
    for name in _left_out(event, pool, has_sessions=bool(sessions)):
        del form[name]
    if pool is not None and pool.scope == PER_SESSION:
        form.lock.choices = [(code, str(word)) for code, word in words.SESSION_LOCKS.items()]
    if "scope" in form and (not sessions or pool is not None):
        form.scope.choices = {k: str(v) for k, v in words.SCOPES.items() if k != PER_SESSION}
    return form


def _left_out(event: Event, pool: Pool | None, *, has_sessions: bool) -> set[str]:
    """Return the fields that the form of a pool does not ask for."""
    out = {"modes"} if event.mode != "hybrid" else set()
    if pool is not None:
        out |= {"code", "session"}
    if pool is not None and words.is_whole(pool):
        out |= {"scope", "categories", "modes", "seats", "each", "exemptions", "confirmed"}
        out |= {f"name_{language}" for language in event.languages}
    elif pool is not None and pool.scope == PER_SESSION:
        out |= {"scope", "when_full"}
    elif pool is not None or not has_sessions:
        out |= {"session", "each"}
    return out


def _terms(
    event: Event, form: Any, names: Translated, pool: Pool | None = None
) -> services.PoolTerms:
    """Return what the form says of a pool; what it leaves out stays as it is."""
    if "seats" not in form:
        seats = pool.seats if pool else 0
        terms = {"when_full": form.when_full.data, "lock": form.lock.data}
        return services.PoolTerms(seats, scope="per_event", **terms)
    kept = pool.modes if pool else []
    return services.PoolTerms(
        form.seats.data,
        names=said_in(form, "name", names),
        **_scope(event, form, pool),
        categories=form.categories.data or [],
        modes=form.modes.data or [] if "modes" in form else kept,
        limits=_limits(form.exemptions.data or ""),
        lock=form.lock.data,
    )


def _scope(event: Event, form: Any, pool: Pool | None) -> dict[str, Any]:
    """Return whose seats they are, in which session, and what happens when they are taken."""
    scope = form.scope.data if "scope" in form else PER_SESSION
    if scope != PER_SESSION:
        return {"scope": scope, "when_full": form.when_full.data}
    session_id = pool.session_id if pool is not None else None
    if "session" in form and form.session.data:
        session_id = get_session(event.id, form.session.data).id
    when_full = form.when_full.data if "when_full" in form else "refuse"
    return {
        "scope": scope, "when_full": when_full, "session_id": session_id, "each": form.each.data,
    }  # fmt: skip


def _session_of(pool: Pool) -> Session | None:
    return db.session.get(Session, pool.session_id) if pool.session_id else None


def _sessions(event: Event) -> list[Session]:
    """Return the sessions whose seats can be limited, where delegations come."""
    if "delegations" not in event.switches:
        return []
    return [
        one
        for one in sessions_of(event.id)
        if one.kind not in QUIET_KINDS and one.status != "cancelled"
    ]


def _limits(text: str) -> dict[int, int | None]:
    """Return exceptions by entity id; Invalid where a line names nobody we know."""
    lines = exemptions_in(text)
    found = queries.entities_named([line.who for line in lines])
    for line in lines:
        if line.who not in found:
            raise Invalid(
                _("No State or organization of the list is called “%(name)s”.", name=line.who),
                "exemptions",
            )
    return {found[line.who]: line.seats for line in lines}
