"""Letters about a revised programme."""

from collections.abc import Mapping, Sequence
from typing import Any

from eventhub.agenda.models import Speaker
from eventhub.agenda.queries import find_programme
from eventhub.agenda.rules import concerned, of_sessions, parts_of
from eventhub.agenda.seams import News
from eventhub.agenda.showing import revision
from eventhub.agenda.telling import tell, tell_lost
from eventhub.core.db import db
from eventhub.events.models import Event
from eventhub.events.queries import host_names
from eventhub.events.rules import local
from eventhub.i18n import Translated, _, current, times
from eventhub.mail.seams import Attachment, Letter, Message
from eventhub.mail.wording import letter
from eventhub.web.urls import absolute


def news_between(event_id: int | None, ids: Mapping[str, Any]) -> News | None:
    """Return the news that a letter speaks of; None where one of the versions is gone."""
    event = db.session.get(Event, event_id)
    if event is None:
        return None
    before = find_programme(event.id, int(ids["since"]))
    after = find_programme(event.id, int(ids["number"]))
    if before is None or after is None:
        return None
    return News(event, before, after, concerned(before, after))


def news_letter(
    news: News,
    uids: frozenset[str],
    *,
    name: str,
    url: str = "",
    stop_url: str = "",
    host: Translated | None = None,
    lost: frozenset[str] = frozenset(),
    attachments: Sequence[Attachment] = (),
) -> Letter | None:
    """Word what changed of some sessions, in event time; None where nothing did.

    url is where the reader looks at the own programme, stop_url where such letters are ended;
    host is who holds the event, where that is at hand. Of the lost sessions is said only that
    they are lost.
    """
    event, after = news.event, news.after
    changes = of_sessions(news.concerned, uids - lost)
    sentences = [said for _kind, said in tell(changes, news.before, after)]
    sentences += [tell_lost(one) for one in news.before.sessions if one.uid in lost & uids]
    if not sentences:
        return None
    host = host or host_names({event.institution_id})[event.institution_id]
    here = {"lang": current(), "slug": event.slug}
    city = event.cities.pick(None, event.languages) or event.city or times.zone_city(event.zone)
    return letter(
        "agenda/changed",
        attachments=attachments,
        files=len(attachments),
        reply_to=event.contact_email,
        institution=host.pick(None, event.languages),
        title=event.title(current()),
        name=name,
        revision=revision(after.number),
        published=times.plain_day(local(after.published_at, event.zone).date()),
        sentences=sentences,
        clock=_("Times are those of %(city)s.", city=city),
        page_url=url or absolute("agenda.public", **here),
        stop_url=stop_url,
        contact=event.contact_email,
    )


def changed(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Tell a speaker what changed of the sessions in which they have a part."""
    news = news_between(event_id, ids)
    speaker = db.session.get(Speaker, ids["speaker"])
    if news is None or speaker is None or not speaker.email:
        return None
    uids = parts_of(speaker.ref, news.before, news.after)
    return news_letter(news, frozenset(uids), name=speaker.printed_name)


WORDED: dict[str, Message] = {"agenda.changed": changed}
"""Every letter by its name."""
