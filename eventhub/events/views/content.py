"""What an event holds: categories, hosts, rooms, pages of practical information."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.entities.queries import get_entity
from eventhub.events import forms, queries, services, words
from eventhub.events.models import Event, EventRoom, InfoPage
from eventhub.events.views.blueprint import bp
from eventhub.events.views.shared import as_version, country_choices, save
from eventhub.i18n import LANGUAGES, Translated, _, direction, lazy_gettext, pgettext
from eventhub.venues.queries import rooms_of as rooms_of_venue
from eventhub.venues.queries import venues_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.fields import in_languages, line_in, refuse, said_in, shown_in, text_in
from eventhub.web.forms import BaseForm
from eventhub.web.markdown import markdown
from eventhub.web.once import once


@bp.route("/manage/<slug>/settings/categories", methods=["GET", "POST"])
@requires("category.edit")
def settings_categories(slug: str) -> ResponseReturnValue:
    """List the categories, and choose which are on."""
    event = queries.get_event(slug)
    rows = queries.categories_of(event.id)
    form: Any = forms.CategoriesForm(data={"categories": [row.code for row in rows if row.is_on]})
    form.categories.choices = {row.code: row.name() for row in rows}

    def change() -> None:
        services.choose_categories(event, form.categories.data or [], actor=current_actor())

    if form.is_good():
        answer = save(form, event, change, then="events.settings_categories")
        if answer:
            return answer
    page = render_template(
        "events/settings_categories.html",
        form=form,
        event=event,
        rows=[(row, queries.rule_of(event, row)) for row in rows if row.is_on],
        vouchers=words.VOUCHERS,
        approvers=words.APPROVERS,
    )
    return page, form.status


@bp.route("/manage/<slug>/settings/categories/<ref>", methods=["GET", "POST"])
@requires("category.edit")
def settings_category(slug: str, ref: str) -> ResponseReturnValue:
    """Change one category."""
    event = queries.get_event(slug)
    row = queries.get_category(event.id, ref)
    zones = queries.zones_of(event.id)
    plain = (
        *("mark", "colour", "vouched_by", "approver", "default_quota", "zones", "is_public"),
        *("needs_letter", "photo_waived", "counts_as_participant", "in_list_of_participants"),
    )
    kind = in_languages(
        forms.CategoryForm, event.languages, name=line_in(lazy_gettext("Name"), longest=120)
    )
    form: Any = kind(
        data={
            "version": row.version,
            **{name: getattr(row, name) for name in plain},
            **shown_in("name", row.names),
        }
    )
    form.zones.choices = {zone.code: f"{zone.code} {zone.names.pick()}" for zone in zones}

    def change() -> None:
        values = {name: form[name].data for name in plain}
        values["default_quota"] = values["default_quota"] or 0
        values["mark"] = values["mark"].upper()
        values["colour"] = values["colour"].upper()
        services.change_category(
            event,
            row,
            version=as_version(form.version.data),
            names=said_in(form, "name", row.names),
            actor=current_actor(),
            **values,
        )

    if form.is_good():
        answer = save(form, event, change, then="events.settings_categories", row=row)
        if answer:
            return answer
    page = render_template("events/settings_category.html", form=form, event=event, row=row)
    return page, form.status


@bp.route("/manage/<slug>/settings/hosts", methods=["GET", "POST"])
@requires("event.edit")
def settings_hosts(slug: str) -> ResponseReturnValue:
    """List hosts and co-hosts as they are printed, and add one."""
    event = queries.get_event(slug)
    form: Any = forms.HostForm()
    form.entity.choices = country_choices()
    if form.is_good():
        try:
            once(form.key.data, "events.add_host", lambda: _add_host(event, form))
            say(_("Saved."))
            return redirect(url_for("events.settings_hosts", slug=slug))
        except DomainError as error:
            refuse(form, error)
    page = render_template(
        "events/settings_hosts.html", form=form, event=event, hosts=queries.hosts_of(event.id)
    )
    return page, form.status


def _add_host(event: Event, form: Any) -> str:
    entity = get_entity(form.entity.data) if form.entity.data else None
    name = form.name.data
    if not name and entity is None:
        raise Invalid(_("Choose a State or organization, or write a name."), "name")
    names = Translated({event.languages[0]: name}) if name else entity.names if entity else None
    host = services.add_host(
        event,
        names=names or Translated(),
        entity_id=entity.id if entity else None,
        actor=current_actor(),
    )
    return str(host.ref)


@bp.route("/manage/<slug>/settings/hosts/<ref>/remove", methods=["POST"])
@requires("event.edit")
def settings_remove_host(slug: str, ref: str) -> ResponseReturnValue:
    """Take a co-host away."""
    event = queries.get_event(slug)
    with transaction():
        services.remove_host(event, queries.get_host(event.id, ref), actor=current_actor())
    say(_("Saved."))
    return redirect(url_for("events.settings_hosts", slug=slug))


@bp.route("/manage/<slug>/settings/rooms", methods=["GET", "POST"])
@requires("event.edit")
def settings_rooms(slug: str) -> ResponseReturnValue:
    """List the event's rooms, and take those of a venue over."""
    event = queries.get_event(slug)
    venues = venues_of(event.institution_id)
    form: Any = forms.VenueForm()
    form.venue.choices = {one.ref: one.names.pick() for one in venues}
    if form.is_good():
        chosen = next(one for one in venues if one.ref == form.venue.data)

        def take() -> None:
            services.use_venue(
                event, chosen, rooms=rooms_of_venue(chosen.id), actor=current_actor()
            )

        if answer := save(form, event, take, then="events.settings_rooms"):
            return answer
    page = render_template(
        "events/settings_rooms.html",
        form=form,
        event=event,
        rooms=queries.rooms_of(event.id),
        venues=venues,
        languages=LANGUAGES,
        catalogue_url=catalogue_url(event),
    )
    return page, form.status


def catalogue_url(event: Event) -> str | None:
    """Return where the institution's venues are kept, for those who may change them."""
    if not current_actor().may("venue.edit"):
        return None
    return url_for("venues.list_venues", institution=queries.host_ref(event))


@bp.route("/manage/<slug>/settings/rooms/new", methods=["GET", "POST"])
@requires("event.edit")
def settings_add_room(slug: str) -> ResponseReturnValue:
    """Add a room that is in no catalogue."""
    return _room_page(queries.get_event(slug), None)


@bp.route("/manage/<slug>/settings/rooms/<ref>", methods=["GET", "POST"])
@requires("event.edit")
def settings_room(slug: str, ref: str) -> ResponseReturnValue:
    """Change one room of the event."""
    event = queries.get_event(slug)
    return _room_page(event, queries.get_room(event.id, ref))


def _room_page(event: Event, room: EventRoom | None) -> ResponseReturnValue:
    plain = ("code", "capacity", "layout", "zone_code", "booths")
    kind = forms.room_form_in(event.languages)
    given: dict[str, Any] = {"version": 0}
    if room is not None:
        given = {"version": room.version, **{name: getattr(room, name) for name in plain}}
        given |= shown_in("name", room.names) | forms.shown_use(room)
    form: Any = kind(data=given)
    zones = {one.code: f"{one.code} {one.names.pick()}" for one in queries.zones_of(event.id)}
    form.zone_code.choices = {"": pgettext("zone", "None")} | zones

    def change() -> None:
        values = {name: form[name].data for name in plain} | forms.use_of(form)
        values["zone_code"] = values["zone_code"] or None
        names = said_in(form, "name", room.names if room else Translated())
        if room is None:
            services.add_room(event, names=names, actor=current_actor(), **values)
        else:
            services.change_room(
                event,
                room,
                version=as_version(form.version.data),
                names=names,
                actor=current_actor(),
                **values,
            )

    if form.is_good():
        answer = save(form, event, change, then="events.settings_rooms", row=room)
        if answer:
            return answer
    page = render_template("events/settings_room.html", form=form, event=event, room=room)
    return page, form.status


@bp.route("/manage/<slug>/settings/rooms/<ref>/remove", methods=["POST"])
@requires("event.edit")
def settings_remove_room(slug: str, ref: str) -> ResponseReturnValue:
    """Take a room out of the event."""
    event = queries.get_event(slug)
    with transaction():
        services.remove_room(event, queries.get_room(event.id, ref), actor=current_actor())
    say(_("Saved."))
    return redirect(url_for("events.settings_rooms", slug=slug))


@bp.route("/manage/<slug>/settings/pages")
@requires("event.edit")
def settings_pages(slug: str) -> ResponseReturnValue:
    """List the pages of practical information, and which languages they have."""
    event = queries.get_event(slug)
    rows = [
        (page, [code for code in event.languages if code not in page.bodies])
        for page in queries.info_pages_of(event.id)
    ]
    return render_template(
        "events/settings_pages.html", event=event, rows=rows, languages=LANGUAGES
    )


@bp.route("/manage/<slug>/settings/pages/new", methods=["GET", "POST"])
@requires("event.edit")
def settings_add_page(slug: str) -> ResponseReturnValue:
    """Write a new page of practical information."""
    return _info_page(queries.get_event(slug), None)


@bp.route("/manage/<slug>/settings/pages/<ref>", methods=["GET", "POST"])
@requires("event.edit")
def settings_page(slug: str, ref: str) -> ResponseReturnValue:
    """Change a page of practical information."""
    event = queries.get_event(slug)
    return _info_page(event, queries.get_info_page(event.id, ref))


def _info_page(event: Event, page: InfoPage | None) -> ResponseReturnValue:
    kind = in_languages(
        forms.PageForm,
        event.languages,
        title=line_in(lazy_gettext("Title")),
        body=text_in(lazy_gettext("Text")),
    )
    given: dict[str, Any] = {"version": 0, "is_public": True}
    if page is not None:
        given = {"version": page.version, "slug": page.slug, "is_public": page.is_public}
        given |= shown_in("title", page.titles) | shown_in("body", page.bodies)
    form: Any = kind(data=given)

    def change() -> None:
        values = {
            "slug": form.slug.data,
            "titles": said_in(form, "title", page.titles if page else Translated()),
            "bodies": said_in(form, "body", page.bodies if page else Translated()),
            "is_public": bool(form.is_public.data),
            "actor": current_actor(),
        }
        if page is None:
            services.add_info_page(event, **values)
        else:
            services.change_info_page(event, page, version=as_version(form.version.data), **values)

    looks = "preview" in request.form
    if form.is_good() and not looks:
        answer = save(form, event, change, then="events.settings_pages", row=page)
        if answer:
            return answer
    shown = previews(event, form) if looks else []
    rendered = render_template(
        "events/settings_page.html",
        form=form,
        event=event,
        page=page,
        previews=shown,
        languages=LANGUAGES,
    )
    return rendered, form.status


def previews(event: Event, form: BaseForm) -> list[dict[str, Any]]:
    """Return what was typed as it will look, language by language."""
    return [
        {
            "code": code,
            "own_name": LANGUAGES[code].own_name,
            "direction": direction(code),
            "title": form[f"title_{code}"].data or "",
            "body": markdown(form[f"body_{code}"].data or ""),
        }
        for code in event.languages
        if form[f"body_{code}"].data or form[f"title_{code}"].data
    ]


@bp.route("/manage/<slug>/settings/pages/<ref>/remove", methods=["POST"])
@requires("event.edit")
def settings_remove_page(slug: str, ref: str) -> ResponseReturnValue:
    """Remove a page of practical information."""
    event = queries.get_event(slug)
    with transaction():
        page = queries.get_info_page(event.id, ref)
        services.remove_info_page(event, page, actor=current_actor())
    say(_("The page is removed."))
    return redirect(url_for("events.settings_pages", slug=slug))
