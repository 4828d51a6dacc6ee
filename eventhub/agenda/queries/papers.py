"""What a version of the programme carries besides its sessions."""

from dataclasses import dataclass

from eventhub.agenda.queries.documents import Documents, documents_of
from eventhub.agenda.queries.items import Agenda, agenda_of


@dataclass(frozen=True, slots=True)
class Papers:
    """The agenda of an event, and the documents of its sessions."""

    agenda: Agenda
    documents: Documents


def papers_of(event_id: int) -> Papers:
    """Return the papers of the draft; two statements."""
    return Papers(agenda_of(event_id), documents_of(event_id))
