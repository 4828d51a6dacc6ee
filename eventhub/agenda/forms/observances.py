"""The form of holidays and times of prayer."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from wtforms import DateField, FieldList, Form, FormField, TimeField
from wtforms.validators import Optional

from eventhub.agenda.rules import Observances
from eventhub.i18n import _, lazy_gettext
from eventhub.web.forms import FILL_IN, BaseForm, text_field

SPARE_LINES = 3
MOST_LINES = 60


class LineForm(Form):
    """A line that is left empty, or filled in as far as it needs."""

    needs: tuple[str, ...] = ()

    def validate(self, *args: Any, **given: Any) -> bool:
        """Ask for what a line lacks in which anything stands."""
        good = super().validate(*args, **given)
        if any(field.data for field in self):
            for name in self.needs:
                if not self[name].data and not self[name].errors:
                    self[name].errors = [FILL_IN]
                    good = False
        return good


class HolidayForm(LineForm):
    """One holiday."""

    needs = ("day", "name")
    day = DateField(lazy_gettext("Day"), validators=[Optional()])
    name = text_field(lazy_gettext("Name"), optional=True, longest=120)


class PrayerForm(LineForm):
    """One time of prayer."""

    needs = ("name", "starts", "ends")
    name = text_field(lazy_gettext("Name"), optional=True, longest=120)
    starts = TimeField(lazy_gettext("From"), validators=[Optional()])
    ends = TimeField(lazy_gettext("To"), validators=[Optional()])
    day = DateField(lazy_gettext("Only on"), validators=[Optional()])

    def validate(self, *args: Any, **given: Any) -> bool:
        """Refuse a time that ends before it starts."""
        good = super().validate(*args, **given)
        starts, ends = self.starts.data, self.ends.data
        if good and starts and ends and starts >= ends:
            self.ends.errors = [_("It must end after it starts.")]
            return False
        return good


class ObservancesForm(BaseForm):
    """What the programme should make room for."""

    holidays = FieldList(FormField(HolidayForm), max_entries=MOST_LINES)
    prayers = FieldList(FormField(PrayerForm), max_entries=MOST_LINES)

    def said(self) -> dict[str, list[dict[str, str]]]:
        """Return the lines in which anything stands, as `Observances` has them."""
        return {"holidays": _said(self.holidays), "prayers": _said(self.prayers)}


def observances_form(kept: Observances) -> ObservancesForm:
    """Return the form, filled with what is kept, a few empty lines at its end."""
    return ObservancesForm(
        data={"holidays": _given(kept.holidays), "prayers": _given(kept.prayers)}
    )


_READ: Mapping[str, Any] = {
    "name": str,
    "day": date.fromisoformat,
    "starts": time.fromisoformat,
    "ends": time.fromisoformat,
}


def _given(kept: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    lines = [{name: _READ[name](text) for name, text in one.items() if text} for one in kept]
    return [*lines, *({} for _line in range(min(SPARE_LINES, MOST_LINES - len(lines))))]


def _said(lines: Any) -> list[dict[str, str]]:
    filled = [line.form for line in lines if any(field.data for field in line.form)]
    return [{field.short_name: _text(field.data) for field in form} for form in filled]


def _text(value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value or ""
