"""Whose own programme a revision changes, and the letter that says so (R3.5)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from eventhub.agenda.messages import news_between, news_letter
from eventhub.agenda.models import Speaker
from eventhub.agenda.rules import Programme, admits, parts_of
from eventhub.agenda.seams import News, Reader
from eventhub.calendars.messages import UPDATED, files_of, updated
from eventhub.calendars.models import CalendarChoice
from eventhub.calendars.queries import own_columns, own_in
from eventhub.core.db import db
from eventhub.events.models import Category
from eventhub.mail.seams import Letter, Message
from eventhub.registration.models import Registration
from eventhub.registration.queries import printed_name, token_of
from eventhub.registration.rules import State
from eventhub.web.urls import absolute

MESSAGE = "calendars.changed"


def readers(news: News, registration_id: int | None = None) -> Iterator[Reader]:
    """Yield the confirmed people whose own programme the news change, or one of them.

    It is what their calendar shows (`rules.Own`). Who wants no such letters is left out. One
    statement.
    """
    query = (
        select(Registration, Category, CalendarChoice, *own_columns())
        .join(Category, Category.id == Registration.category_id)
        .outerjoin(Speaker, Speaker.id == Registration.speaker_id)
        .outerjoin(CalendarChoice, CalendarChoice.registration_id == Registration.id)
        .where(Registration.event_id == news.event.id, Registration.state == State.ACCREDITED)
        .where(Registration.email != "", Registration.erased_at.is_(None))
        .order_by(Registration.id)
    )
    if registration_id is not None:
        query = query.where(Registration.id == registration_id)
    programmes = (news.before, news.after)
    standing = [frozenset(session.uid for session in one.sessions) for one in programmes]
    admitted: dict[int, list[frozenset[str]]] = {}
    for row, category, choice, *columns in db.session.execute(query):
        wants_words, wants_files = choice is None or choice.by_letter, choice and choice.by_mail
        if not wants_words and not wants_files:
            continue
        if category.id not in admitted:
            admitted[category.id] = [_admitted(one, category) for one in programmes]
        own = own_in(columns)
        had, has = (
            own.of(some, uids, parts_of(own.speaker, programme) if own.speaker else ())
            for some, uids, programme in zip(
                admitted[category.id], standing, programmes, strict=True
            )
        )
        if uids := frozenset((had | has) & news.concerned.keys()):
            yield Reader(
                message=MESSAGE if wants_words else UPDATED,
                ids={"registration": row.id},
                to=row.email,
                language=row.language,
                uids=uids,
                speaker_id=row.speaker_id,
                lost=uids - has,
            )


def changed(event_id: int | None, ids: Mapping[str, Any]) -> Letter | None:
    """Tell a person what changed in the own programme; None where it is theirs no more."""
    news = news_between(event_id, ids)
    row = db.session.get(Registration, ids["registration"])
    if news is None or row is None:
        return None
    for reader in readers(news, row.id):
        token = token_of(row)
        said = news_letter(
            news,
            reader.uids,
            name=printed_name(row),
            lost=reader.lost,
            url=absolute("calendars.my_programme", token=token),
            stop_url=absolute("calendars.my_letters", token=token),
            attachments=files_of(event_id, ids),
        )
        return said or (updated(event_id, ids) if ids.get("uids") else None)
    return None


def _admitted(programme: Programme, category: Category) -> frozenset[str]:
    return frozenset(
        session.uid
        for session in programme.sessions
        if admits(
            session.access, session.admit, category.code, is_accredited=True,
            opens_zone=_zone(programme, session.room) in {None, *category.zones},
        )
    )  # fmt: skip


def _zone(programme: Programme, room: str | None) -> str | None:
    """Return the zone in which a room lies, where it is known."""
    return programme.rooms[room].get("badge_zone") if room else None


WORDED: dict[str, Message] = {MESSAGE: changed}
"""Every letter by its name."""
