"""The full list of what features contribute to lower ones (answers upward)."""

from eventhub.admin import parts as admin
from eventhub.agenda import parts as agenda
from eventhub.arrivals import parts as arrivals
from eventhub.attendance import parts as attendance
from eventhub.badges import parts as badges
from eventhub.calendars import parts as calendars
from eventhub.certificates import parts as certificates
from eventhub.checkin import parts as checkin
from eventhub.credentials import parts as credentials
from eventhub.delegations import parts as delegations
from eventhub.designs import parts as designs
from eventhub.events import parts as events
from eventhub.exchange import parts as exchange
from eventhub.floor_cards import parts as floor_cards
from eventhub.homes import parts as homes
from eventhub.institutions import parts as institutions
from eventhub.name_checks import parts as name_checks
from eventhub.papers import parts as papers
from eventhub.passes import parts as passes
from eventhub.people import parts as people
from eventhub.photos import parts as photos
from eventhub.places import parts as places
from eventhub.protocol import parts as protocol
from eventhub.questionnaires import parts as questionnaires
from eventhub.registration import parts as registration
from eventhub.speakers import parts as speakers
from eventhub.speaking import parts as speaking
from eventhub.tickets import parts as tickets


def connect() -> None:
    """Put every feature's parts where the lower packages look for them; twice is harmless."""
    people.connect()
    admin.connect()
    events.connect()
    institutions.connect()
    photos.connect()
    designs.connect()
    passes.connect()
    protocol.connect()
    questionnaires.connect()
    agenda.connect()
    speakers.connect()
    delegations.connect()
    registration.connect()
    places.connect()
    floor_cards.connect()
    speaking.connect()
    arrivals.connect()
    tickets.connect()
    badges.connect()
    calendars.connect()
    exchange.connect()
    papers.connect()
    checkin.connect()
    attendance.connect()
    certificates.connect()
    credentials.connect()
    name_checks.connect()
    homes.connect()
