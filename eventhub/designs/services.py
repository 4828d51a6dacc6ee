"""Making, changing and removing designs."""

import base64
import binascii
from collections.abc import Collection
from dataclasses import replace

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.designs.models import BadgeDesign
from eventhub.designs.pictures import clean_picture
from eventhub.designs.queries import designs_kept_by, designs_of, layout_of
from eventhub.designs.rules import BadLayout, Element, Layout, read_layout
from eventhub.events.models import Event
from eventhub.events.queries import categories_of
from eventhub.i18n import _

MOST_DESIGNS = 40
"""Of one event, or kept by one institution."""


def add_design(event: Event, layout: Layout, *, actor: Actor) -> BadgeDesign:
    """Add a design to an event; the first of its kind is for everybody. Pictures are cleaned."""
    present = designs_of(event.id)
    if len(present) >= MOST_DESIGNS:
        raise Conflict(_("Remove a design before you add another: there are %(n)s.",
                         n=MOST_DESIGNS))  # fmt: skip
    is_first = not any(each.kind == layout.kind for each in present)
    design = _row(_clean(layout))
    design.event_id, design.is_default = event.id, is_first
    db.session.add(design)
    db.session.flush()
    record(actor, "badge_design.add", [Subject("badge_design", design.ref)], event_id=event.id)
    return design


def change_design(
    event: Event, design: BadgeDesign, layout: Layout, *, version: int | None, actor: Actor
) -> None:
    """Put another layout in place; runs that were asked for keep the one they began with."""
    _check(design, version)
    if layout.kind != design.kind:
        raise Invalid(_("A badge stays a badge, a name plate a name plate."))
    changes = {"name": (design.name, layout.name), "size": (design.size, layout.size)}
    told = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if design.layout == layout.as_json() and not told:
        return
    design.name, design.size, design.layout = layout.name, layout.size, layout.as_json()
    design.version += 1
    design.changed_at = clock.now()
    db.session.flush()
    subject = Subject("badge_design", design.ref, told, hidden=("layout",))
    record(actor, "badge_design.change", [subject], event_id=event.id)


def add_picture(
    event: Event, design: BadgeDesign, face: str, data: bytes, *, kind: str, actor: Actor
) -> Element:
    """Put an uploaded picture on a face, in the middle; for a plan, in the first empty place.

    kind is "logo" or "plan". Raises Invalid for what is no picture.
    """
    layout = layout_of(design)
    taken = {e.id for elements in layout.faces.values() for e in elements} | set(layout.pictures)
    name = next(f"{kind}-{n}" for n in range(1, 100) if f"{kind}-{n}" not in taken)
    pictures = {**layout.pictures, name: clean_picture(data)}
    elements = list(layout.faces.get(face, ()))
    empty = next((i for i, e in enumerate(elements) if e.type == "picture" and not e.picture), None)
    if empty is not None:
        element = replace(elements[empty], picture=name)
        elements[empty] = element
    else:
        side = min(layout.width, layout.height) * (0.8 if kind == "plan" else 0.2)
        element = Element(
            name, "picture", round((layout.width - side) / 2, 1),
            round((layout.height - side) / 2, 1), round(side, 1), round(side, 1), picture=name,
        )  # fmt: skip
        elements.append(element)
    used = {e.picture for e in elements} | {
        e.picture for other, them in layout.faces.items() if other != face for e in them
    }
    faces = {**layout.faces, face: tuple(elements)}
    kept = {each: value for each, value in pictures.items() if each in used}
    changed = replace(layout, faces=faces, pictures=kept)
    try:
        read_layout(changed.as_json())
    except BadLayout as error:
        raise Invalid(
            _("There is no room for one more picture: remove one first."), "file"
        ) from error
    change_design(event, design, changed, version=None, actor=actor)
    return element


def use_design(
    event: Event,
    design: BadgeDesign,
    category_refs: Collection[str],
    *,
    is_default: bool,
    version: int | None,
    actor: Actor,
) -> None:
    """Say for which categories a design is; they leave the designs that had them before."""
    _check(design, version)
    chosen = [c.id for c in categories_of(event.id) if c.ref in category_refs]
    for other in designs_of(event.id, design.kind):
        if other.id == design.id:
            continue
        kept = [one for one in other.category_ids if one not in chosen]
        if kept != other.category_ids:
            other.category_ids = kept
            other.version += 1
        if is_default and other.is_default:
            other.is_default = False
            other.version += 1
    before = (sorted(design.category_ids), design.is_default)
    design.category_ids, design.is_default = chosen, is_default
    design.version += 1
    db.session.flush()
    changes = {"used_for": (list(before), [sorted(chosen), is_default])}
    subject = Subject("badge_design", design.ref, changes)
    record(actor, "badge_design.use", [subject], event_id=event.id)


def keep_design(event: Event, design: BadgeDesign, *, actor: Actor) -> BadgeDesign:
    """Keep a copy for the institution, from which its other events can start.

    One of the same name and kind is replaced.
    """
    layout = layout_of(design)
    kept = designs_kept_by(event.institution_id)
    copy = next(
        (each for each in kept if (each.name, each.kind) == (design.name, design.kind)), None
    )
    if copy is None:
        if len(kept) >= MOST_DESIGNS:
            raise Conflict(_("The institution keeps %(n)s designs already.", n=MOST_DESIGNS))
        copy = _row(layout)
        copy.institution_id = event.institution_id
        db.session.add(copy)
    else:
        copy.size, copy.layout = layout.size, layout.as_json()
        copy.version += 1
        copy.changed_at = clock.now()
    db.session.flush()
    record(actor, "badge_design.keep", [Subject("badge_design", copy.ref)], event_id=event.id)
    return copy


def remove_design(event: Event, design: BadgeDesign, *, actor: Actor) -> None:
    """Remove a design; its categories have the event's design for everybody again.

    Where that was this one, the oldest other of its kind is it from now on. Runs that were asked
    for keep what they began with.
    """
    ref, was_default, kind = design.ref, design.is_default, design.kind
    db.session.delete(design)
    db.session.flush()
    if was_default and (left := designs_of(event.id, kind)):
        left[0].is_default = True
        left[0].version += 1
    db.session.flush()
    record(actor, "badge_design.remove", [Subject("badge_design", ref)], event_id=event.id)


def _row(layout: Layout) -> BadgeDesign:
    return BadgeDesign(
        kind=layout.kind, name=layout.name, size=layout.size, layout=layout.as_json(),
        changed_at=clock.now(),
    )  # fmt: skip


def _check(design: BadgeDesign, version: int | None) -> None:
    if version is not None and version != design.version:
        raise Conflict(
            _("Somebody changed this design meanwhile. What you typed is still here: save again "
              "to keep yours.")
        )  # fmt: skip


def _clean(layout: Layout) -> Layout:
    """Clean the pictures of a layout that came from outside."""
    pictures = {}
    for name, (_type, data) in layout.pictures.items():
        try:
            pictures[name] = clean_picture(base64.b64decode(data, validate=True))
        except (binascii.Error, Invalid) as error:
            said = error.message if isinstance(error, Invalid) else _("It is no picture.")
            raise Invalid(f"pictures.{name}: {said}", "file") from error
    return replace(layout, pictures=pictures)
