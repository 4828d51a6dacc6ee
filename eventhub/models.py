"""Every table of the application, for migrations and tests; features never import this."""

from eventhub.access.models import Attempt, Grant
from eventhub.agenda.models import (
    ProgrammeProposal,
    ProgrammeVersion,
    Session,
    Slot,
    Speaker,
    Track,
)
from eventhub.agenda.models.documents import SessionDocument
from eventhub.agenda.models.editing import EditorAct
from eventhub.agenda.models.items import AgendaItem, SessionItem
from eventhub.arrivals.models import (
    CourtesyException,
    LiaisonOfficer,
    RankCourtesy,
    TravelEntry,
    TravelNews,
    Vehicle,
)
from eventhub.attendance.models import (
    AttendanceCorrection,
    CourseResult,
    ImportedScore,
    ScoreImport,
    SurveyAnswer,
    SurveyReceipt,
)
from eventhub.audit.models import AuditEntry, AuditLabel, AuditSecret
from eventhub.badges.models import PrintedBadge, PrintRun
from eventhub.calendars.models import CalendarChoice, Star
from eventhub.certificates.models import Certificate
from eventhub.checkin.models import Gate, Scan
from eventhub.core.db import Base
from eventhub.delegations.models import (
    Delegation,
    DelegationContact,
    DelegationNote,
    FocalPoint,
    InformationNote,
    Invitation,
    LetterRun,
    LetterText,
    OfficialLetter,
)
from eventhub.designs.models import BadgeDesign
from eventhub.entities.models import Entity
from eventhub.events.models import Event
from eventhub.exchange.models import ImportedSession, ProgrammeImport, StaticCopy
from eventhub.files.models import StoredFile
from eventhub.floor_cards.models import FloorCard
from eventhub.institutions.models import Institution, Letterhead
from eventhub.jobs.models import Job
from eventhub.mail.models import OutboxMail
from eventhub.name_checks.models import NameConfirmation
from eventhub.passes.models import Pass
from eventhub.people.models import Account, MailCode, Person
from eventhub.photos.models import Photo
from eventhub.protocol.models import EventEntity, SeatDraw
from eventhub.questionnaires.models import AnswerSet, Questionnaire
from eventhub.registration.models import LetterCover, Registration
from eventhub.speakers.models import SpeakerInvitation
from eventhub.speaking.models import SpeakerList, SpeakingRequest, SpeakingTurn
from eventhub.tickets.models import TicketList
from eventhub.venues.models import Venue, VenueRoom
from eventhub.web.models import SentForm

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Account",
    "AgendaItem",
    "AnswerSet",
    "Attempt",
    "AttendanceCorrection",
    "AuditEntry",
    "AuditLabel",
    "AuditSecret",
    "BadgeDesign",
    "CalendarChoice",
    "Certificate",
    "CourseResult",
    "CourtesyException",
    "Delegation",
    "DelegationContact",
    "DelegationNote",
    "EditorAct",
    "Entity",
    "Event",
    "EventEntity",
    "FloorCard",
    "FocalPoint",
    "Gate",
    "Grant",
    "ImportedScore",
    "ImportedSession",
    "InformationNote",
    "Institution",
    "Invitation",
    "Job",
    "LetterCover",
    "LetterRun",
    "LetterText",
    "Letterhead",
    "LiaisonOfficer",
    "MailCode",
    "NameConfirmation",
    "OfficialLetter",
    "OutboxMail",
    "Pass",
    "Person",
    "Photo",
    "PrintRun",
    "PrintedBadge",
    "ProgrammeImport",
    "ProgrammeProposal",
    "ProgrammeVersion",
    "Questionnaire",
    "RankCourtesy",
    "Registration",
    "Scan",
    "ScoreImport",
    "SeatDraw",
    "SentForm",
    "Session",
    "SessionDocument",
    "SessionItem",
    "Slot",
    "Speaker",
    "SpeakerInvitation",
    "SpeakerList",
    "SpeakingRequest",
    "SpeakingTurn",
    "Star",
    "StaticCopy",
    "StoredFile",
    "SurveyAnswer",
    "SurveyReceipt",
    "TicketList",
    "Track",
    "TravelEntry",
    "TravelNews",
    "Vehicle",
    "Venue",
    "VenueRoom",
]
