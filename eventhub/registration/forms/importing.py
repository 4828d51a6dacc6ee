"""The form that carries out an import of people."""

from collections.abc import Mapping

from eventhub.i18n import lazy_gettext
from eventhub.registration.forms.consents import informed_field
from eventhub.web import import_desk
from eventhub.web.forms import text_field


class ApplyForm(import_desk.ApplyForm):
    """Carrying out what was shown of people: they are informed, and why they come late."""

    informed = informed_field(is_required=False)
    override = text_field(
        lazy_gettext("Why these people are entered after the deadline"), optional=True
    )

    def ask(self, counts: Mapping[str, int], *, is_late: bool) -> None:
        """Ask only what new people need; `is_late` is that a reason is needed for them."""
        if not (is_late and counts["created"]):
            del self.override
        if not counts["created"]:
            del self.informed
