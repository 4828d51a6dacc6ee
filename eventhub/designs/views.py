"""Designs: the list, copying and importing, the designer with its preview."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from eventhub.core import ids
from eventhub.core.db import transaction
from eventhub.core.errors import DomainError, Invalid
from eventhub.designs import queries, services, words
from eventhub.designs.checking import Trial
from eventhub.designs.editing import added, edited, rows_of
from eventhub.designs.forms import EditForm, ImportForm, NewForm, PictureForm, UseForm
from eventhub.designs.models import BadgeDesign
from eventhub.designs.permissions import EDIT
from eventhub.designs.ready import HELP, KEYS, ready
from eventhub.designs.rules import FACES, SIZES, TYPES, BadLayout, Fault, Layout, read_layout
from eventhub.designs.rules.layouts import SHOWN
from eventhub.events.models import Event
from eventhub.events.queries import categories_of, get_event
from eventhub.events.services.shared import check_open
from eventhub.i18n import LANGUAGES, _
from eventhub.printing.fonts import FontsMissing, use_fonts_of
from eventhub.web.access import current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error
from eventhub.web.once import once
from eventhub.web.site import site

bp = Blueprint("designs", __name__)

LARGEST_IMPORT = 3_000_000
AnyForm = TypeVar("AnyForm", bound=BaseForm)


@bp.get("/manage/<slug>/badge-designs")
@requires(EDIT, switch="badges")
def list_designs(slug: str) -> ResponseReturnValue:
    """List the designs of the event, which one prints, and what the institution keeps."""
    event = get_event(slug)
    names = {c.id: c.name() for c in categories_of(event.id)}
    return render_template(
        "designs/list_designs.html", event=event, designs=queries.designs_of(event.id),
        kept=queries.designs_kept_by(event.institution_id), categories=names, words=words,
    )  # fmt: skip


@bp.route("/manage/<slug>/badge-designs/new", methods=["GET", "POST"])
@requires(EDIT, switch="badges")
def new_design(slug: str) -> ResponseReturnValue:
    """Copy a ready design, or one that the institution keeps."""
    event, form = get_event(slug), NewForm()
    kept = queries.designs_kept_by(event.institution_id)
    starts = {
        **{key: words.READY[key] for key in KEYS},
        **{f"kept.{row.ref}": _("Kept by the institution: %(name)s", name=row.name)
           for row in kept},
    }  # fmt: skip
    form.start.choices = {key: str(said) for key, said in starts.items()}
    if form.is_good():
        lines = {key: form[key].data or "" for key in HELP}
        try:
            ref = once(
                form.key.data, f"designs.new:{event.id}",
                lambda: _copied(slug, form.start.data, form.name.data, lines),
            )  # fmt: skip
            say(_("The design is added."))
            return redirect(url_for("designs.edit_design", slug=slug, ref=ref))
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    return render_template("designs/new_design.html", event=event, form=form), form.status


def _copied(slug: str, start: str, name: str, lines: Mapping[str, str]) -> str:
    event = get_event(slug)
    check_open(event)
    if start.startswith("kept."):
        kept = queries.get_kept_design(event.institution_id, start.removeprefix("kept."))
        layout = queries.layout_of(kept)
    else:
        layout = ready(start, lines)
    try:
        named = read_layout({**layout.as_json(), "name": name})
    except BadLayout as error:
        raise Invalid(_("Write a name of letters and digits."), "name") from error
    return services.add_design(event, named, actor=current_actor()).ref


@bp.route("/manage/<slug>/badge-designs/import", methods=["GET", "POST"])
@requires(EDIT, switch="badges")
def import_design(slug: str) -> ResponseReturnValue:
    """Add a design from a file; say field by field what is wrong with one."""
    event, form = get_event(slug), ImportForm()
    faults: tuple[Fault, ...] = ()
    if form.is_good():
        try:
            layout = _uploaded(form)
            ref = once(form.key.data, f"designs.import:{event.id}", lambda: _added(slug, layout))
            say(_("The design is added."))
            return redirect(url_for("designs.edit_design", slug=slug, ref=ref))
        except BadLayout as error:
            event, faults = get_event(slug), tuple(error.faults)
            form.file.errors = [_("This file cannot be used. What is wrong stands below.")]
        except DomainError as error:
            event = get_event(slug)
            show_error(form, error)
    return render_template(
        "designs/import_design.html", event=event, form=form, faults=faults, fault=words.fault
    ), form.status


def _uploaded(form: ImportForm) -> Layout:
    given = form.file.data
    data = given.read(LARGEST_IMPORT + 1) if hasattr(given, "read") else b""
    if not data:
        raise Invalid(_("Choose a file."), "file")
    if len(data) > LARGEST_IMPORT:
        raise Invalid(_("Choose a file of at most %(size)s MB.", size=3), "file")
    try:
        return read_layout(json.loads(data))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise Invalid(_("This file is no JSON."), "file") from error


def _added(slug: str, layout: Layout) -> str:
    event = get_event(slug)
    check_open(event)
    return services.add_design(event, layout, actor=current_actor()).ref


@bp.route("/manage/<slug>/badge-designs/<ref>", methods=["GET", "POST"])
@requires(EDIT, switch="badges")
def edit_design(slug: str, ref: str) -> ResponseReturnValue:
    """Change a design: each element in millimetres, with the preview beside it."""
    event = get_event(slug)
    design = queries.get_design(event.id, ref)
    layout = queries.layout_of(design)
    form = _edit_form(design, layout)
    faults: dict[str, str] = {}
    sent: dict[str, str] | None = None
    if form.is_good():
        sent = request.form.to_dict()
        try:
            changed = read_layout(edited(layout, sent, _languages(event)))
            if add := sent.get("add_what") if "add" in sent else None:
                changed = _with_more(changed, sent.get("add_face", "front"), add)
            with transaction():
                event = get_event(slug)
                check_open(event)
                row = queries.get_design(event.id, ref)
                services.change_design(
                    event, row, changed, version=_version(sent), actor=current_actor()
                )
            say(_("The design is kept."))
            return redirect(url_for("designs.edit_design", slug=slug, ref=ref, who=_who()))
        except BadLayout as error:
            event, design = get_event(slug), queries.get_design(get_event(slug).id, ref)
            faults = {each.where: words.fault(each) for each in error.faults}
            form.form_errors.append(_("Some values of the elements need a correction."))
        except DomainError as error:
            event, design = get_event(slug), queries.get_design(get_event(slug).id, ref)
            show_error(form, error)
    return _designer(event, design, layout, form, faults=faults, sent=sent)


def _designer(
    event: Event,
    design: BadgeDesign,
    layout: Layout,
    form: EditForm,
    *,
    faults: Mapping[str, str],
    sent: dict[str, str] | None = None,
    picture: PictureForm | None = None,
    use: UseForm | None = None,
) -> ResponseReturnValue:
    trial = Trial(event, current_actor().scope(EDIT))
    page = render_template(
        "designs/edit_design.html", event=event, design=design, layout=layout, form=form,
        rows=list(rows_of(layout, _languages(event), sent)), faults=faults, words=words,
        faces=FACES, trial=trial, who=_who() % len(trial.faces), language_names=LANGUAGES,
        addable=[("text." + show, words.SHOWN[show]) for show in SHOWN]
        + [(kind, words.TYPES[kind]) for kind in TYPES if kind not in ("text", "stack")],
        picture=picture or _fresh(PictureForm(), kind="logo", face="front"),
        use=use or _use_form(event, design, fresh=True),
        version=(sent or {}).get("version", design.version), **_seen(trial, layout, _who()),
    )  # fmt: skip
    wrong = form.errors or (picture and picture.errors) or (use and use.errors)
    return page, 422 if wrong else 200


def _seen(trial: Trial, layout: Layout, who: int) -> dict[str, Any]:
    """Return the drawings and findings; none where the fonts are not installed."""
    try:
        use_fonts_of(site().fonts)
        drawings = trial.drawings(layout, who)
        found = trial.findings(layout)
    except FontsMissing:
        return {"drawings": {}, "findings": []}
    drawn = {side: Markup(one.svg) for side, one in drawings.items()}  # noqa: S704  (made here)
    return {"drawings": drawn, "findings": found}


@bp.post("/manage/<slug>/badge-designs/<ref>/preview")
@requires(EDIT, switch="badges")
def preview(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the pictures and findings of a design as it stands in the form; keep nothing."""
    event = get_event(slug)
    layout = queries.layout_of(queries.get_design(event.id, ref))
    try:
        changed = read_layout(edited(layout, request.form.to_dict(), _languages(event)))
    except BadLayout as error:
        return jsonify(faults={each.where: words.fault(each) for each in error.faults}), 422
    seen = _seen(Trial(event, current_actor().scope(EDIT)), changed, _who())
    found = [
        {"place": f"{one.face}.{one.element}", "text": words.finding(one)}
        for one in seen["findings"]
    ]
    return jsonify(drawings=seen["drawings"], findings=found)


@bp.post("/manage/<slug>/badge-designs/<ref>/picture")
@requires(EDIT, switch="badges")
def add_picture(slug: str, ref: str) -> ResponseReturnValue:
    """Put a logo or a floor plan on a design."""
    event = get_event(slug)
    design = queries.get_design(event.id, ref)
    form = PictureForm()
    if form.is_good():
        given = form.file.data
        data = given.read() if hasattr(given, "read") else b""
        try:
            if not data:
                raise Invalid(_("Choose a file."), "file")
            with transaction():
                event = get_event(slug)
                check_open(event)
                design = queries.get_design(event.id, ref)
                services.add_picture(
                    event, design, form.face.data, data, kind=form.kind.data, actor=current_actor()
                )
            say(_("The picture is added. Move it to its place."))
            return redirect(url_for("designs.edit_design", slug=slug, ref=ref))
        except DomainError as error:
            event, design = get_event(slug), queries.get_design(get_event(slug).id, ref)
            show_error(form, error)
    layout = queries.layout_of(design)
    shown = _edit_form(design, layout, fresh=True)
    return _designer(event, design, layout, shown, faults={}, picture=form)


@bp.post("/manage/<slug>/badge-designs/<ref>/use")
@requires(EDIT, switch="badges")
def use_design(slug: str, ref: str) -> ResponseReturnValue:
    """Say for whom a design is."""
    event = get_event(slug)
    design = queries.get_design(event.id, ref)
    form = _use_form(event, design)
    if form.is_good():
        with transaction():
            event = get_event(slug)
            check_open(event)
            services.use_design(
                event, queries.get_design(event.id, ref), form.categories.data or [],
                is_default=form.is_default.data, version=None, actor=current_actor(),
            )  # fmt: skip
        say(_("It is kept for whom this design is."))
        return redirect(url_for("designs.list_designs", slug=slug))
    layout = queries.layout_of(design)
    shown = _edit_form(design, layout, fresh=True)
    return _designer(event, design, layout, shown, faults={}, use=form)


@bp.post("/manage/<slug>/badge-designs/<ref>/keep")
@requires(EDIT, switch="badges")
def keep_design(slug: str, ref: str) -> ResponseReturnValue:
    """Keep a copy for other events of the institution."""
    with transaction():
        event = get_event(slug)
        check_open(event)
        services.keep_design(event, queries.get_design(event.id, ref), actor=current_actor())
    say(_("Other events of the institution can start from it now."))
    return redirect(url_for("designs.list_designs", slug=slug))


@bp.post("/manage/<slug>/badge-designs/<ref>/remove")
@requires(EDIT, switch="badges")
def remove_design(slug: str, ref: str) -> ResponseReturnValue:
    """Remove a design."""
    with transaction():
        event = get_event(slug)
        check_open(event)
        services.remove_design(event, queries.get_design(event.id, ref), actor=current_actor())
    say(_("The design is removed. Runs that were asked for keep it."))
    return redirect(url_for("designs.list_designs", slug=slug))


@bp.get("/manage/<slug>/badge-designs/<ref>.json")
@requires(EDIT, switch="badges")
def export_design(slug: str, ref: str) -> ResponseReturnValue:
    """Answer with the design as a file."""
    design = queries.get_design(get_event(slug).id, ref)
    data = json.dumps(queries.layout_of(design).as_json(), ensure_ascii=False, indent=1)
    name = f"{slug}-badge-design-{design.ref}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return data, 200, {"Content-Type": "application/json", **headers}


def _edit_form(design: BadgeDesign, layout: Layout, *, fresh: bool = False) -> EditForm:
    data = {"name": design.name, "size": layout.size, "on_a4": layout.on_a4}
    form = EditForm(data=data)
    if fresh:
        _fresh(form, **data)
    tents = [size for size in SIZES if SIZES[size].paper == "tent"]
    cards = [size for size in SIZES if size not in tents]
    chosen = tents if layout.kind == "name_plate" else cards
    form.size.choices = {size: str(words.SIZES[size]) for size in chosen}
    return form


def _use_form(event: Event, design: BadgeDesign, *, fresh: bool = False) -> UseForm:
    categories = categories_of(event.id)
    own = [c.ref for c in categories if c.id in design.category_ids]
    data = {"is_default": design.is_default, "categories": own}
    form = UseForm(data=data)
    if fresh:
        _fresh(form, **data)
    form.categories.choices = {c.ref: c.name() for c in categories if c.is_on or c.ref in own}
    return form


def _fresh(form: AnyForm, **data: Any) -> AnyForm:
    """Return a form as if nothing had been sent: another one of the page was."""
    form.process(formdata=None, data=data)
    form.key.data = ids.new_uuid()
    return form


def _with_more(layout: Layout, face: str, what: str) -> Layout:
    kind, _dot, show = what.partition(".")
    if face not in FACES or kind not in TYPES or (show and show not in SHOWN):
        raise Invalid(_("Choose one from the list."))
    return read_layout(added(layout, face, what))


def _languages(event: Event) -> tuple[str, ...]:
    return tuple(dict.fromkeys(["en", *event.languages]))


def _version(sent: Mapping[str, str]) -> int:
    text = sent.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _who() -> int:
    text = request.values.get("who", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
