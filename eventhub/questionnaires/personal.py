"""A person's answers: in their copy in the words of the questions, and gone with them."""

from sqlalchemy import delete

from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.people.seams import Held, PersonalData, Whose
from eventhub.questionnaires.models import AnswerSet
from eventhub.questionnaires.queries import answers_of, questions_of, said


def held(whose: Whose) -> Held:
    """Return question and answer, the enciphered ones in clear: they are the person's own."""
    if whose.event_id is None or whose.registration_id is None:
        return Held()
    answers = answers_of(whose.event_id, whose.registration_id)
    lines = said(questions_of(whose.event_id), answers) if answers else []
    rows = [{"question": question, "answer": answer} for question, answer in lines]
    return Held({"answer_set": rows})


def erase(whose: Whose, *, actor: Actor) -> None:
    """Remove the answers."""
    if whose.registration_id is not None:
        db.session.execute(
            delete(AnswerSet).where(
                AnswerSet.event_id == whose.event_id,
                AnswerSet.registration_id == whose.registration_id,
            )
        )


PERSONAL = PersonalData("questionnaires", frozenset({"answer_set"}), held, erase)
