"""A schedule as XML (frab, Pentabarf): application/vnd.c3voc.schedule+xml."""

from typing import Any

from lxml import etree

from eventhub import __version__
from eventhub.exchange.schedule import Schedule, ScheduleDay, Talk

MEDIA_TYPE = "application/xml; charset=utf-8"


def schedule_xml(schedule: Schedule) -> bytes:
    """Return the file, in UTF-8."""
    root = etree.Element("schedule")
    etree.SubElement(root, "generator", name="EventHub", version=__version__)
    _texts(root, url=schedule.url, version=schedule.version)
    conference = etree.SubElement(root, "conference")
    _texts(
        conference,
        title=schedule.title,
        acronym=schedule.acronym,
        start=schedule.starts_on.isoformat(),
        end=schedule.ends_on.isoformat(),
        days=str(len(schedule.days)),
        timeslot_duration="00:05",
        base_url=schedule.url,
        url=schedule.url,
    )
    if schedule.zone:
        _texts(conference, time_zone_name=schedule.zone)
    for track in schedule.tracks:
        etree.SubElement(conference, "track", name=track)
    for day in schedule.days:
        _day(root, day, schedule)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _day(root: Any, day: ScheduleDay, schedule: Schedule) -> None:
    element = etree.SubElement(
        root,
        "day",
        index=str(day.index),
        date=day.date.isoformat(),
        start=day.starts.isoformat(),
        end=day.ends.isoformat(),
    )
    for name, talks in day.rooms.items():
        room = etree.SubElement(element, "room", name=name, guid=schedule.rooms[name])
        for talk in talks:
            _talk(room, talk)


def _talk(room: Any, talk: Talk) -> None:
    element = etree.SubElement(room, "event", id=str(talk.number), guid=talk.guid)
    _texts(
        element,
        room=talk.room,
        title=talk.title,
        subtitle="",
        type=talk.kind,
        date=talk.starts.isoformat(),
        start=f"{talk.starts:%H:%M}",
        duration=talk.duration,
        abstract=talk.abstract,
        slug=talk.slug,
        track=talk.track,
        language=talk.language,
        description=talk.description,
        url=talk.url,
    )
    persons = etree.SubElement(element, "persons")
    for speaker in talk.speakers:
        etree.SubElement(persons, "person", guid=speaker.guid).text = speaker.name
    etree.SubElement(element, "links")
    attachments = etree.SubElement(element, "attachments")
    for one in talk.attachments:
        etree.SubElement(attachments, "attachment", href=one.url).text = one.title


def _texts(parent: Any, **texts: str) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, name).text = text
