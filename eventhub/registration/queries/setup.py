"""What an event has set up, as far as registration needs it."""

from dataclasses import dataclass

from eventhub.events.models import Category, Event
from eventhub.events.queries import categories_of, get_event_by_id, rule_of, setting
from eventhub.events.rules import PRESETS, CategoryRule
from eventhub.registration.rules import RegistrationSettings
from eventhub.registration.rules.by_kind import is_for_kind


@dataclass(frozen=True, slots=True)
class Setup:
    """An event, its categories by id, and its choices about registration."""

    event: Event
    categories: dict[int, Category]
    settings: RegistrationSettings

    def rule(self, category_id: int) -> CategoryRule:
        """Return who vouches and who approves a category, as the event's switches have it."""
        return rule_of(self.event, self.categories[category_id])

    @property
    def admission_in_person(self) -> str:
        """Return how one is admitted who says nothing of it: with a ticket, where passes count."""
        asks_for_pass = "grounds_pass" in PRESETS[self.event.preset].fields
        return "needs_ticket" if asks_for_pass else "official_delegation"

    def category(self, code: str) -> Category | None:
        """Return the category with this code, None where the event has none or has it off."""
        found = (one for one in self.categories.values() if one.code == code and one.is_on)
        return next(found, None)

    def of_focal_points(self, kind: str | None = None) -> list[Category]:
        """Return the categories in which focal points enter people, in the event's order.

        Those they vouch for; where they vouch for none, those open to everybody. Of them those
        that fit the `kind` of an entity, where one is given; all where none does.
        """
        on = [one for one in self.categories.values() if one.is_on]
        vouched = [one for one in on if self.rule(one.id).vouched_by == "focal_point"]
        found = vouched or [one for one in on if one.is_public]
        fitting = [one for one in found if kind is None or is_for_kind(one.code, kind)]
        return fitting or found


def setup_of(event_id: int) -> Setup:
    """Return the set-up of an event, in three statements."""
    event = get_event_by_id(event_id)
    categories = {one.id: one for one in categories_of(event_id)}
    return Setup(event, categories, settings_of(event_id))


def settings_of(event_id: int) -> RegistrationSettings:
    """Return the event's choices about registration."""
    return setting(event_id, "registration", RegistrationSettings)
