"""Forms of publishing: from when, with which note; going back; two persons."""

from datetime import datetime
from typing import Any

from wtforms import BooleanField, HiddenField

from eventhub.agenda.services import Terms
from eventhub.events.forms import fold_field
from eventhub.events.models import Event
from eventhub.events.rules import is_ambiguous
from eventhub.events.services.shared import instant_of
from eventhub.i18n import lazy_gettext
from eventhub.web.fields import wall_field
from eventhub.web.forms import BaseForm, text_field


class TermsForm(BaseForm):
    """How something is published; `number` is what the page said that it becomes."""

    number = HiddenField()
    note = text_field(
        lazy_gettext("Note"),
        optional=True,
        longest=250,
        description=lazy_gettext("It stands beside the version for the team."),
    )
    public_from = wall_field(
        lazy_gettext("Public from"),
        optional=True,
        description=lazy_gettext(
            "In event time. Until then everybody reads the former version; leave it empty to "
            "publish at once."
        ),
    )
    public_from_fold = fold_field()

    def terms(self, event: Event) -> Terms:
        """Return what the form says; Invalid beside the field where clocks never show the time."""
        return Terms(self.note.data or "", self._instant(event), as_number(self.number.data))

    def asks_fold(self, event: Event) -> bool:
        """Tell whether clocks show the time typed twice, so that one has to be chosen."""
        wall = self.public_from.data
        return isinstance(wall, datetime) and is_ambiguous(wall, event.zone)

    def _instant(self, event: Event) -> datetime | None:
        wall, fold = self.public_from.data, self.public_from_fold.data
        if wall is None:
            return None
        chosen = int(fold) if fold in ("0", "1") else None
        return instant_of(wall, event.zone, fold=chosen, field="public_from")


class PublishForm(TermsForm):
    """Publishing the draft, with a yes where something clashes."""

    anyway = BooleanField(lazy_gettext("Publish anyway, although something clashes"))


class BackForm(TermsForm):
    """Publishing an older version anew."""

    with_draft = BooleanField(
        lazy_gettext("The draft goes back too"),
        description=lazy_gettext(
            "Otherwise it stays as it is, and differs from what is public until you publish again. "
            "Names of rooms, tracks and speakers, the agenda and documents stay in any case."
        ),
    )


class NumberForm(BaseForm):
    """A button about one version."""

    number = HiddenField()


class ConfirmForm(BaseForm):
    """Confirming a proposal: which one, and the digest that was looked at."""

    ref = HiddenField()
    sha256 = HiddenField()


class RuleForm(BaseForm):
    """How many persons publish."""

    two_persons = BooleanField(
        lazy_gettext("Two persons publish the programme"),
        description=lazy_gettext("One proposes it, another one looks at it and confirms it."),
    )


def as_number(text: str | None) -> int:
    """Return the number of a version as a form brings it; -1, which none has, for nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def given(number: int) -> dict[str, Any]:
    """Return what a form of terms is filled with."""
    return {"number": str(number)}
