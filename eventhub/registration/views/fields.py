"""Between registrations and their forms: which fields a page shows, what they hold and mean."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from eventhub.core.db import db
from eventhub.core.errors import Invalid
from eventhub.entities.models import Entity, RankLevel
from eventhub.entities.queries import find_by_name, get_entity, rank_levels, similar_entities
from eventhub.i18n import _, current, lazy_gettext
from eventhub.registration.forms.delegate import KEPT_AS_TYPED, DelegateForm, form_of
from eventhub.registration.models import Registration
from eventhub.registration.rules import State
from eventhub.registration.rules.by_kind import category_code
from eventhub.registration.views.frame import Frame
from eventhub.web.forms import is_sent

NAMES = (
    "family_name",
    "given_names",
    "name_order",
    "honorific",
    "name_local",
    "name_local_language",
    "passport_latin",
)
WHO = ("category", "entity", "other_entity", "similar")
CONTACT = ("email", "phone", "functional_title", "organisation", "rank", "gender", "language")
NEEDS = ("photo", "answers", "needs_consent")
ONE_PAGE = ("family_name", "given_names", "entity_name", "similar", "email", "admission")

ASKED_AS = {
    "names": (
        "family_name",
        "given_names",
        "name_order",
        "name_local",
        "name_local_language",
        "passport_latin",
    ),
    "entity": ("entity", "other_entity", "similar", "entity_name"),
    "grounds_pass": ("admission",),
    "needs": ("answers", "needs_consent"),
}
"""Form fields by the presets' word for them; any other word is a field's own name."""

ENTITIES_PROPOSED = 6


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the path: its address, its title, its fields."""

    code: str
    title: Any
    fields: tuple[str, ...]
    why: Any
    """Why it is asked, and how long it is kept."""


STEPS = (
    Step(
        "who",
        lazy_gettext("Whom you represent"),
        WHO,
        lazy_gettext("Why we ask: it decides who vouches for you and what your badge says."),
    ),
    Step(
        "names",
        lazy_gettext("Your names"),
        NAMES,
        lazy_gettext(
            "Why we ask: for your badge, the list of participants and certificates. Kept for two "
            "years after the event; what was published stays."
        ),
    ),
    Step(
        "contact",
        lazy_gettext("Contact and work"),
        (*CONTACT, "mode"),
        lazy_gettext(
            "Why we ask: to write to you, and for the list of participants, which shows neither "
            "e-mail nor phone. Kept for two years after the event."
        ),
    ),
    Step(
        "needs",
        lazy_gettext("Photo and needs"),
        NEEDS,
        lazy_gettext(
            "Why we ask: the photo is for your badge and is kept for 90 days after the event, "
            "your needs for 7 days."
        ),
    ),
)


def fields_for(frame: Frame, wanted: Collection[str]) -> list[str]:
    """Return those of the wanted fields that the event asks for."""
    asked = {name for word in frame.fields for name in ASKED_AS.get(word, (word,))}
    if frame.event.mode == "hybrid" and "admission" not in asked:
        asked.add("mode")
    return [name for name in wanted if name in asked]


def make_form(
    frame: Frame, fields: Collection[str], registration: Registration | None = None, **more: Any
) -> DelegateForm:
    """Return the form of these fields, filled with what the registration holds."""
    ranks = rank_levels() if "rank" in fields else []
    data = {**_defaults(), **(held(registration, fields, frame, ranks) if registration else {})}
    form = form_of(
        fields,
        frame.event,
        categories=frame.open_categories(),
        ranks=[(one.code, one.name()) for one in ranks],
        may_be_remote=registration is None or registration.state == State.DRAFT,
        **{**data, **more},
    )
    form.rank_ids = {one.code: one.id for one in ranks}
    if "similar" in form:
        offer_similar(form)
    return form


def _defaults() -> dict[str, Any]:
    order = "family_first" if current() == "zh" else "given_first"
    return {
        "name_order": order,
        "language": current(),
        "gender": "undisclosed",
        "mode": "in_person",
    }


def held(
    registration: Registration, fields: Collection[str], frame: Frame, ranks: list[RankLevel]
) -> dict[str, Any]:
    """Return what the registration holds, as its form fields take it."""
    data: dict[str, Any] = {"version": str(registration.version)}
    for name in fields:
        if hasattr(registration, name):
            data[name] = getattr(registration, name)
    if "category" in fields:
        refs = {one.id: one.ref for one in frame.categories}
        data["category"] = refs.get(registration.category_id)
    if "rank" in fields:
        codes = {one.id: one.code for one in ranks}
        data["rank"] = codes.get(registration.rank_level_id or 0, "")
    if "entity" in fields:
        entity = entity_of(registration)
        data["entity"] = entity.code if entity else ""
        data["other_entity"] = "" if entity else registration.organisation
    return data


def entity_of(registration: Registration) -> Entity | None:
    """Return the State or organization that the registration names, if it is one of the list."""
    return db.session.get(Entity, registration.entity_id) if registration.entity_id else None


def values_of(frame: Frame, form: DelegateForm) -> dict[str, Any]:
    """Return what was typed as values of the registration's fields.

    Raises Invalid beside the entity where it must first be told which one is meant.
    """
    plain = {*NAMES, *CONTACT, "admission", "mode"} - {"rank"}
    values = {field.name: field.data or "" for field in form if field.name in plain}
    if values.get("admission") == "remote":
        values["mode"] = "remote"
    if "category" in form:
        chosen = {one.ref: one.id for one in frame.open_categories()}
        values["category_id"] = chosen[form.category.data]
    if "rank" in form:
        values["rank_level_id"] = form.rank_ids.get(form.rank.data)
    if "entity" in form or "entity_name" in form:
        entity, organisation = which_entity(form)
        values["entity_id"] = entity.id if entity else None
        if entity is None:
            values["organisation"] = organisation
        if "category" not in form:
            values["category_id"] = category_for(frame, entity)
    return values


def which_entity(form: DelegateForm) -> tuple[Entity | None, str]:
    """Return the entity chosen or named, or None and the name of one that is not listed."""
    if "entity" in form and form.entity.data:
        return get_entity(form.entity.data), ""
    field = typed_in(form)
    text = str(field.data)
    if (found := form.named or find_by_name(text)) is not None:
        return found, ""
    chosen = form.similar.data if "similar" in form else KEPT_AS_TYPED
    offered = set(form.similar.choices or ()) if "similar" in form else set()
    if chosen in offered:
        return (None, text) if chosen == KEPT_AS_TYPED else (get_entity(chosen), "")
    if offered:
        raise Invalid(
            _("This name is not in our list. Say below which one you mean."), field=field.name
        )
    return None, text


def offer_similar(form: DelegateForm) -> None:
    """Propose entities that may be meant by what was typed; without any, the question goes."""
    text = str(typed_in(form).data or "") if is_sent() else ""
    is_chosen = "entity" in form and form.entity.data
    form.named = find_by_name(text) if text and not is_chosen else None
    is_open = text and not is_chosen and form.named is None
    hits = similar_entities(text, current(), ENTITIES_PROPOSED) if is_open else []
    if not hits:
        del form["similar"]
        return
    form.similar.choices = {
        **{one.code: one.name(current()) for one in hits},
        KEPT_AS_TYPED: _("None of them: keep what I wrote"),
    }


def typed_in(form: DelegateForm) -> Any:
    """Return the field in which the name of an entity is typed."""
    return form.other_entity if "other_entity" in form else form.entity_name


def category_for(frame: Frame, entity: Entity | None) -> int:
    """Return the category of somebody who is not asked for it; Invalid where none is open."""
    offered = {one.code: one.id for one in frame.open_categories()}
    code = category_code(entity.kind if entity else None, list(offered))
    if code is None:
        raise Invalid(_("Nobody can register by this page now. Write to the organiser."))
    return offered[code]
