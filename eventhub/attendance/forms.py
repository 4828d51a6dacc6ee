"""Forms of attendance: what it takes, a correction, a test score."""

from typing import Any

from wtforms import BooleanField, DecimalField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from eventhub.attendance.rules import Policy
from eventhub.attendance.words import EXCUSES
from eventhub.i18n import _, lazy_gettext
from eventhub.web.fields import said
from eventhub.web.forms import CHOOSE, BaseForm, text_field

PER_CENT = NumberRange(1, 100, lazy_gettext("Write a number from 1 to 100."))


class PolicyForm(BaseForm):
    """What participation and completion ask for; shares and scores in per cent."""

    by_hours = BooleanField(
        lazy_gettext("Count hours per session (otherwise one check-in is enough)")
    )
    participation = IntegerField(
        lazy_gettext("Participation from, % of the credited time"),
        validators=[InputRequired(lazy_gettext("Write a number from 1 to 100.")), PER_CENT],
    )
    completion = IntegerField(
        lazy_gettext("Completion from, % of the credited time"),
        description=lazy_gettext("Leave it empty where nobody completes."),
        validators=[Optional(), PER_CENT],
    )
    post_test = IntegerField(
        lazy_gettext("Test passed from, %"),
        description=lazy_gettext("Leave it empty where there is no test."),
        validators=[Optional(), PER_CENT],
    )
    survey = BooleanField(lazy_gettext("The survey must be sent (its content does not count)"))
    late_ok = IntegerField(
        lazy_gettext("In time until, minutes after the start"),
        description=lazy_gettext(
            "Whoever is scanned once by then has all of the session; later, half of it."
        ),
        validators=[
            InputRequired(lazy_gettext("Write a number from 0 to 120.")),
            NumberRange(0, 120, lazy_gettext("Write a number from 0 to 120.")),
        ],
    )
    excuses = RadioField(
        lazy_gettext("An excused absence"),
        choices=said(EXCUSES),
        validators=[InputRequired(CHOOSE)],
    )

    def validate_completion(self, field: IntegerField) -> None:
        """Refuse a completion that takes less than participation."""
        if field.data and self.participation.data and field.data < self.participation.data:
            raise ValidationError(_("Completion takes at least as much as participation."))

    def stored(self) -> dict[str, Any]:
        """Return the fields of Policy as they are kept."""

        def share(per_cent: int | None) -> float | None:
            return None if per_cent is None else per_cent / 100

        return {
            "by_hours": self.by_hours.data,
            "participation_share": share(self.participation.data),
            "completion_share": share(self.completion.data),
            "post_test": share(self.post_test.data),
            "survey": self.survey.data,
            "late_ok_minutes": self.late_ok.data,
            "excuses": self.excuses.data,
        }


def typed(policy: Policy) -> dict[str, Any]:
    """Return a policy as its form shows it."""

    def per_cent(share: float | None) -> int | None:
        return None if share is None else round(share * 100)

    return {
        "by_hours": policy.by_hours,
        "participation": per_cent(policy.participation_share),
        "completion": per_cent(policy.completion_share),
        "post_test": per_cent(policy.post_test),
        "survey": policy.survey,
        "late_ok": policy.late_ok_minutes,
        "excuses": policy.excuses,
    }


class CorrectionForm(BaseForm):
    """What a hand says of one person in one session, and why."""

    kind = RadioField(
        lazy_gettext("What is to count"),
        choices=said(
            {
                "minutes": lazy_gettext("Minutes, as written here"),
                "excused": lazy_gettext("An excused absence"),
            }
        ),
        default="minutes",
        validators=[InputRequired(CHOOSE)],
    )
    minutes = IntegerField(lazy_gettext("Credited minutes"), validators=[Optional()])
    reason = text_field(
        lazy_gettext("Reason"), longest=250,
        missing=lazy_gettext("Say why: the reason is kept with the correction."),
        description=lazy_gettext("Nothing about health: “ill” is enough. The person may see it."),
    )  # fmt: skip


class SurveyForm(BaseForm):
    """How the survey is sent."""

    is_anonymous = BooleanField(
        lazy_gettext("Without names: nobody can tell who answered what, not even you")
    )


class ScoreForm(BaseForm):
    """The score of somebody's test in per cent; empty where there is none."""

    score = DecimalField(
        lazy_gettext("Score of the test, %"), places=None,
        validators=[
            Optional(),
            NumberRange(0, 100, lazy_gettext("A score is between 0 and 100 per cent.")),
        ],
    )  # fmt: skip
