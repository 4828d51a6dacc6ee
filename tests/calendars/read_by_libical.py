"""Print UID and start in UTC of each entry of a calendar file, as libical reads them.

Run by the system's Python, which has the bindings.
"""

import json
import sys
from pathlib import Path

import gi  # type: ignore[import-not-found]

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found]  # noqa: E402

calendar = ICalGLib.Component.new_from_string(Path(sys.argv[1]).read_text(encoding="utf-8"))
if calendar is None or not ICalGLib.restriction_check(calendar):
    sys.exit("libical does not accept the file")
kind, found = ICalGLib.ComponentKind.VEVENT_COMPONENT, []
entry = calendar.get_first_component(kind)
while entry:
    start = entry.get_dtstart().convert_to_zone(ICalGLib.Timezone.get_utc_timezone())
    found.append((entry.get_uid(), start.as_ical_string()))
    entry = calendar.get_next_component(kind)
if "X-LIC-ERROR" in calendar.as_ical_string():
    sys.exit("libical found an error")
print(json.dumps(found))
