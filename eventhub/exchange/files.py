"""The schedule files that everybody may have: made once for each version and language."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from eventhub.agenda.made import Source
from eventhub.exchange import schedule_json, schedule_xml
from eventhub.exchange.schedule import Schedule, schedule_of
from eventhub.web.made_once import Key, keep


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the name of its file, its media type, how a schedule is written in it."""

    filename: str
    media_type: str
    write: Callable[[Schedule], bytes]

    def key(self, source: Source) -> Key:
        """Return under what the file of the present language is kept."""
        return source.file_key(self.filename)

    def make(self, source: Source) -> bytes:
        """Return the file of the present language; NotFound where nothing is published."""
        return self.write(schedule_of(source))


FORMATS = (
    Format("schedule.xml", schedule_xml.MEDIA_TYPE, schedule_xml.schedule_xml),
    Format("schedule.json", schedule_json.MEDIA_TYPE, schedule_json.schedule_json),
)


def make_files(source: Source) -> None:
    """Make the files of the present language before anybody asks for them."""
    for one in FORMATS:
        keep(one.key(source), partial(one.make, source))
