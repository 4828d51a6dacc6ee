"""What papers there are: their files, and whether they are there yet."""

from dataclasses import dataclass

from eventhub.agenda.made import Source
from eventhub.i18n import lazy_gettext
from eventhub.web.made_once import Kept, Key, find_kept

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: the name of its file, its media type, what it is and what it is for."""

    filename: str
    media_type: str
    label: str
    purpose: str

    def key(self, source: Source) -> Key:
        """Return under what the file of the present language is kept."""
        return source.file_key(f"paper-{self.filename}")

    def find(self, source: Source) -> Kept | None:
        """Return the file of the present language; None while it is not made."""
        return find_kept(self.key(source))

    def kilobytes(self, source: Source) -> int | None:
        """Return how much there is to fetch; None while it is not made."""
        found = self.find(source)
        return None if found is None else -(-len(found.packed) // 1024)


PAPERS = (
    Paper(
        "programme.pdf", PDF, lazy_gettext("Programme, A4"),
        lazy_gettext("For reading on screen and for printing as it is."),
    ),
    Paper(
        "booklet.pdf", PDF, lazy_gettext("Booklet"),
        lazy_gettext("Print A4 on both sides, turned over the short edge, and fold once."),
    ),
    Paper(
        "programme.docx", DOCX, lazy_gettext("Programme for Word"),
        lazy_gettext("For quoting, shortening and sending on for clearance."),
    ),
    Paper(
        "posters.pdf", PDF, lazy_gettext("Wall posters, A3"),
        lazy_gettext("One for each room and day."),
    ),
    Paper(
        "door-signs.pdf", PDF, lazy_gettext("Door signs, A4"),
        lazy_gettext("One for each room, with a code that leads to the programme."),
    ),
)  # fmt: skip
BY_FILENAME = {one.filename: one for one in PAPERS}
