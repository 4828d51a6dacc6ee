"""A schedule as JSON, in the form that frab and pretalx give out."""

import json
from typing import Any

from eventhub import __version__
from eventhub.exchange.schedule import Schedule, ScheduleDay, Talk

MEDIA_TYPE = "application/json"


def schedule_json(schedule: Schedule) -> bytes:
    """Return the file, in UTF-8."""
    conference: dict[str, Any] = {
        "acronym": schedule.acronym,
        "title": schedule.title,
        "start": schedule.starts_on.isoformat(),
        "end": schedule.ends_on.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": "00:05",
        "url": schedule.url,
        "tracks": [{"name": name} for name in schedule.tracks],
        "rooms": [{"name": name, "guid": guid} for name, guid in schedule.rooms.items()],
        "days": [_day(day) for day in schedule.days],
    }
    if schedule.zone:
        conference["time_zone_name"] = schedule.zone
    whole = {
        "generator": {"name": "EventHub", "version": __version__},
        "schedule": {
            "version": schedule.version,
            "base_url": schedule.url,
            "conference": conference,
        },
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _day(day: ScheduleDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.starts.isoformat(),
        "day_end": day.ends.isoformat(),
        "rooms": {name: [_talk(talk) for talk in talks] for name, talks in day.rooms.items()},
    }


def _talk(talk: Talk) -> dict[str, Any]:
    return {
        "id": talk.number,
        "guid": talk.guid,
        "slug": talk.slug,
        "url": talk.url,
        "date": talk.starts.isoformat(),
        "start": f"{talk.starts:%H:%M}",
        "end": talk.ends.isoformat(),
        "duration": talk.duration,
        "room": talk.room,
        "title": talk.title,
        "subtitle": "",
        "track": talk.track or None,
        "type": talk.kind,
        "language": talk.language or None,
        "abstract": talk.abstract,
        "description": talk.description,
        "persons": [
            {"guid": one.guid, "name": one.name, "biography": one.biography or None}
            for one in talk.speakers
        ],
        "links": [],
        "attachments": [
            {"title": one.title, "url": one.url, "type": "related"} for one in talk.attachments
        ],
    }
