"""Forms of an import: sending the file, saying what its columns are, carrying it out."""

from collections.abc import Mapping

from flask import request
from wtforms import FileField, HiddenField, RadioField
from wtforms.validators import InputRequired

from eventhub.i18n import _, lazy_gettext, ngettext
from eventhub.registration.forms.consents import informed_field
from eventhub.sheets.rules import ENCODINGS
from eventhub.web.forms import CHOOSE, BaseForm, select_field, text_field

COLUMN = "column-"


class SheetForm(BaseForm):
    """The spreadsheet."""

    table = FileField(
        lazy_gettext("Spreadsheet"),
        description=lazy_gettext("XLSX, ODS or CSV, up to 10 MB. Only its first sheet is read."),
        validators=[InputRequired(lazy_gettext("Choose a file."))],
    )


class ColumnsForm(BaseForm):
    """Which field each column of the file is, and how the letters of a text file are read."""

    encoding = select_field(
        lazy_gettext("Letters are written as"),
        choices=lambda: {"": _("Guess"), **ENCODINGS},
        optional=True,
    )

    def chosen(self) -> dict[str, str]:
        """Return the columns chosen, by field; a field chosen twice is an error."""
        found: dict[str, str] = {}
        for name, code in request.form.items():
            at = name.removeprefix(COLUMN)
            if not (name.startswith(COLUMN) and code and at.isdecimal() and len(at) < 5):
                continue
            if code in found:
                self.form_errors.append(_("Each field can be only one column. Choose again."))
            found[code] = at
        if not found:
            self.form_errors.append(_("Choose at least one column."))
        return found


class ApplyForm(BaseForm):
    """Carrying out what the dry run showed."""

    seen = HiddenField()
    which = RadioField(
        lazy_gettext("What to import"), validators=[InputRequired(CHOOSE)], choices={}
    )
    informed = informed_field(is_required=False)
    override = text_field(
        lazy_gettext("Why these people are entered after the deadline"), optional=True
    )

    def offer(self, counts: Mapping[str, int], *, is_late: bool) -> str:
        """Fill in what may be chosen, and return it: all rows, or the good ones if some are not.

        `is_late` is that a reason is needed for people who are new.
        """
        if not (is_late and counts["created"]):
            del self.override
        good = counts["created"] + counts["updated"] + counts["asked"]
        if counts["faulty"]:
            choice = "good"
            said = ngettext("Only the %(n)s good row", "Only the %(n)s good rows", good)
        else:
            choice = "all"
            said = ngettext("The one row", "All %(n)s rows", good)
        self.which.choices = {choice: said}
        if not counts["created"]:
            del self.informed
        return choice
