"""That somebody spoke for an entity. Who spoke when is a record; the speaker's name goes."""

from sqlalchemy import select

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose
from eventhub.speaking.models import SpeakingRequest, SpeakingTurn


def held(whose: Whose) -> Held:
    """Return the requests that name the person, and when and how long they spoke."""
    requests = _requests(whose)
    turns = db.session.scalars(
        select(SpeakingTurn)
        .where(SpeakingTurn.request_id.in_([row.id for row in requests]))
        .order_by(SpeakingTurn.started_at)
    )
    return Held(
        {
            "speaking_request": [
                {
                    "speaker": row.speaker,
                    "gender": row.gender,
                    "language": row.language,
                    "received_at": whose.time(row.received_at),
                    "state": row.state,
                }
                for row in requests
            ],
            "speaking_turn": [
                {"started_at": whose.time(turn.started_at), "seconds": turn.seconds}
                for turn in turns
            ],
        }
    )


def erase(whose: Whose, *, actor: Actor) -> None:
    """Blank name and gender of the speaker; that the entity spoke, and how long, stays."""
    for row in _requests(whose):
        row.speaker, row.gender, row.registration_id = "", "", None
        row.version += 1
    db.session.flush()


def _requests(whose: Whose) -> list[SpeakingRequest]:
    if whose.registration_id is None:
        return []
    query = select(SpeakingRequest).where(
        SpeakingRequest.event_id == whose.event_id,
        SpeakingRequest.registration_id == whose.registration_id,
    )
    return list(db.session.scalars(query.order_by(SpeakingRequest.id)))


PERSONAL = PersonalData("speaking", frozenset({"speaking_request", "speaking_turn"}), held, erase)
