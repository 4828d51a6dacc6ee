"""The order of States at an event: the whole list in blocks, and what the event says of each."""

from dataclasses import asdict
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError
from eventhub.entities.languages import language_of
from eventhub.entities.queries import block_title
from eventhub.entities.rules import BLOCK_OF, Kind
from eventhub.events.models import Event
from eventhub.events.queries import get_event
from eventhub.i18n import LANGUAGES, Translated, _, current, lazy_gettext
from eventhub.i18n.times import moment
from eventhub.protocol import forms, queries, services, words
from eventhub.protocol.models import SeatDraw
from eventhub.protocol.permissions import ORDER
from eventhub.protocol.rules import OrderSettings
from eventhub.protocol.views.blueprint import bp
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


@bp.get("/manage/<slug>/order")
@requires(ORDER)
def show_order(slug: str) -> ResponseReturnValue:
    """Show the order in blocks, of those expected or of all, and the seats with their drawing."""
    event = get_event(slug)
    expected = queries.expected_at(event.id)
    everybody = request.args.get("show") == "all" or not expected
    only = None if everybody else expected
    draws = queries.draws_of(event.id)
    first = draws[0].entity_id if draws else None
    settings = queries.settings_of(event.id)
    order = queries.order_of(event.id, only=only)
    return render_template(
        "protocol/show_order.html",
        event=event,
        blocks=[(block_title(block), placed) for block, placed in order.blocks.items()],
        seats=list(queries.seating_of(event.id, first, only=only)),
        everybody=everybody,
        expected=len(expected),
        draws=[drawing(event, one, order.names) for one in draws],
        settings=settings,
        said=settings_lines(settings),
    )


@bp.route("/manage/<slug>/order/settings", methods=["GET", "POST"])
@requires(ORDER)
def edit_order(slug: str) -> ResponseReturnValue:
    """Decide on language, observers, agencies and heads."""
    event = get_event(slug)
    form = forms.OrderForm(data=asdict(queries.settings_of(event.id)))

    def act() -> None:
        services.change_order(event, form.values(), actor=current_actor())

    if form.is_good() and _done(form, act):
        return redirect(url_for("protocol.show_order", slug=slug))
    return render_template("protocol/edit_order.html", event=event, form=form), form.status


@bp.route("/manage/<slug>/order/entities/<code>", methods=["GET", "POST"])
@requires(ORDER)
def edit_order_entity(slug: str, code: str) -> ResponseReturnValue:
    """Give one entity its names at the event, and its place."""
    event = get_event(slug)
    placed = queries.get_placed(event.id, code)
    own = placed.own
    languages = words.name_languages(event.languages)
    name = lazy_gettext("Name at this event")
    formal = lazy_gettext("Formal name at this event")
    kind = in_languages(
        forms.PlaceForm,
        languages,
        name=line_in(name, required=False),
        formal=line_in(formal, required=False),
    )
    form: Any = kind(
        data={
            "version": str(own.version if own else 0),
            "sorts_by_name": own.sorts_by_name if own else False,
            "block": own.block if own and own.block else str(BLOCK_OF[Kind(placed.entity.kind)]),
            "observers": own.observers if own else "",
            "language": own.language if own else "",
            **shown_in("name", own.names if own else Translated()),
            **shown_in("formal", own.formal_names if own else Translated()),
        }
    )
    form.offer(language_of(placed.entity))
    if placed.entity.kind != Kind.OBSERVER_STATE:
        del form.observers

    def act() -> None:
        seen = form.version.data or ""
        services.place_entity(
            event,
            placed.entity,
            names=said_in(form, "name", Translated()),
            sorts_by_name=form.sorts_by_name.data,
            block=form.block.data,
            observers=form.observers.data or "" if "observers" in form else "",
            formal_names=said_in(form, "formal", Translated()),
            language=form.language.data or "",
            version=int(seen) if seen.isascii() and seen.isdigit() else -1,
            actor=current_actor(),
        )

    if form.is_good() and _done(form, act):
        return redirect(url_for("protocol.show_order", slug=slug, _anchor=f"e-{code}"))
    return render_template(
        "protocol/edit_order_entity.html",
        event=event,
        form=form,
        placed=placed,
        names=[
            (form[f"name_{code}"], placed.entity.names.get(code, ""), code) for code in languages
        ],
        formal=[
            (form[f"formal_{code}"], placed.entity.formal_names.get(code, ""), code)
            for code in languages
        ],
    ), form.status


@bp.post("/manage/<slug>/order/entities/<code>/remove")
@requires(ORDER)
def edit_order_remove(slug: str, code: str) -> ResponseReturnValue:
    """Take an extra entity out of the event."""
    event = get_event(slug)
    placed = queries.get_placed(event.id, code)
    try:
        with transaction():
            services.remove_extra(event, placed, actor=current_actor())
        say(_("%(name)s is no longer in the lists of this event.", name=placed.name))
    except DomainError as error:
        say(error.message, "stop")
    return redirect(url_for("protocol.show_order", slug=slug))


@bp.route("/manage/<slug>/order/extra", methods=["GET", "POST"])
@requires(ORDER)
def edit_order_extra(slug: str) -> ResponseReturnValue:
    """Add an entity that takes part in this event alone."""
    event = get_event(slug)
    languages = words.name_languages(event.languages)
    kind = in_languages(forms.ExtraForm, languages, name=line_in(lazy_gettext("Name")))
    form: Any = kind()
    if form.is_good():

        def act() -> str:
            return services.add_extra(
                event,
                names=said_in(form, "name", Translated()),
                block=form.block.data,
                code=form.code.data or None,
                actor=current_actor(),
            ).code

        try:
            code = once(form.key.data, f"protocol.add_extra:{event.id}", act)
            say(_("It stands in the lists of this event now."))
            here = url_for("protocol.show_order", slug=slug, show="all", _anchor=f"e-{code}")
            return redirect(here)
        except DomainError as error:
            refuse(form, error, languages)
    return render_template(
        "protocol/edit_order_extra.html",
        event=event,
        form=form,
        names=[(form[f"name_{code}"], code) for code in languages],
    ), form.status


def settings_lines(settings: OrderSettings) -> list[tuple[str, str]]:
    """Return what the event decided about its order, in words."""
    language = LANGUAGES.get(settings.language)
    return [
        (
            _("Alphabetical order"),
            language.own_name if language else _("Of the language in which a list is read"),
        ),
        (_("Observer States"), str(words.OBSERVERS[settings.observers])),
        (
            _("Specialized agencies"),
            _("In protocol order") if settings.agencies_by_protocol else _("By the alphabet"),
        ),
        (
            _("Letters and name plates"),
            _("With formal names") if settings.formal_names else _("With the names of lists"),
        ),
        (
            _("Chinese lists"),
            _("By strokes") if settings.chinese_by_strokes else _("By pinyin"),
        ),
        (_("Heads of the same rank"), str(words.HEADS_BY[settings.heads_by])),
        (_("Head of the host's delegation"), str(words.HOST_STANDS[settings.host_stands])),
    ]


def drawing(event: Event, draw: SeatDraw, names: dict[int, str]) -> dict[str, str]:
    """Return a drawing in words."""
    found = names.get(draw.entity_id)
    if found is None:
        found = queries.names_at(event.id, [draw.entity_id]).get(draw.entity_id, "")
    return {
        "name": found,
        "how": str(words.DRAWN[draw.method]),
        "when": moment(draw.drawn_at, event.zone),
        "drawn_by": draw.drawn_by,
        "witness": draw.witness,
        "lots": str(draw.lots),
        "reason": draw.reason,
    }


def _done(form: BaseForm, act: Any) -> bool:
    try:
        with transaction():
            act()
    except DomainError as error:
        refuse(form, error, words.name_languages([current()]))
        return False
    say(_("Saved."))
    return True
