"""What an installation says of a State or organization beside the table that comes with it."""

from collections.abc import Mapping

from eventhub.audit.services import Subject, record
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.core.errors import Conflict, Invalid
from eventhub.core.text import has_forbidden, tidy
from eventhub.entities.models import Entity
from eventhub.entities.services import MAX_NAME
from eventhub.i18n import LANGUAGES, Translated, _


def describe_entity(
    entity: Entity,
    *,
    formal_names: Mapping[str, str],
    language: str,
    seen: str | None = None,
    actor: Actor,
) -> None:
    """Say how letters name an entity formally, and in which language it is written to (R2.1).

    An empty language is the official one of its country. Invalid on "formal" or "language";
    Conflict where somebody changed it since `seen`, a stamp of `stamp_of`.
    """
    if seen is not None and seen != stamp_of(entity):
        raise Conflict(_("Somebody changed this meanwhile. Look at it again."))
    texts, language = tidy_names(formal_names, "formal"), checked_language(language)
    changes = {
        "formal_names": (dict(entity.formal_names), dict(texts)),
        "language": (entity.language, language),
    }
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if not changed:
        return
    entity.formal_names, entity.language, entity.changed_at = texts, language, clock.now()
    db.session.flush()
    record(actor, "entity.describe", [Subject("entity", entity.code, changed)], event_id=None)


def stamp_of(entity: Entity) -> str:
    """Return what a form shows of when an entity was last changed."""
    return entity.changed_at.isoformat()


def tidy_names(names: Mapping[str, str], field: str) -> Translated:
    """Return names without stray blanks; Invalid on the field and language of a bad one."""
    texts = Translated({code: tidy(name) for code, name in names.items() if name})
    for code, name in texts.items():
        if len(name) > MAX_NAME or has_forbidden(name):
            raise Invalid(
                _("Write a name of at most %(count)s characters.", count=MAX_NAME),
                f"{field}_{code}",
            )
    return texts


def checked_language(language: str) -> str:
    """Return a language of the interface or none; Invalid on any other."""
    if language not in {"", *LANGUAGES}:
        raise Invalid(_("Choose one from the list."), "language")
    return language
