"""Some of a hybrid event take part from afar: the address, what to know, who does (R1.27)."""

from sqlalchemy import select

from eventhub.core.db import db
from eventhub.demo.loading.crew import Crew, acting
from eventhub.events.models import Event
from eventhub.events.services import change_dates_and_place, change_setting
from eventhub.registration.models import Registration
from eventhub.registration.queries import registrant
from eventhub.registration.rules import State
from eventhub.registration.services import switch_mode

ADDRESS = "https://meeting.example.org/side-event?id={id}&name={name}"
KNOW = {
    "en": "Join ten minutes early, and choose your language under the globe.",
    "fr": "Connectez-vous dix minutes avant, et choisissez votre langue sous le globe.",
    "zh": "请提前十分钟入会，并在地球图标下选择语言。",
    "ar": "انضموا قبل الموعد بعشر دقائق واختاروا لغتكم تحت رمز الكرة الأرضية.",
}
PHONE = "+1 212 555 0100"
ONE_OF = 6
"""One of so many confirmed people who need no ticket takes part from afar."""


def join_from_afar(event: Event, crew: Crew) -> None:
    """Set up taking part from afar where the event is hybrid, and let some choose it."""
    if event.mode != "hybrid":
        return
    actor = acting(crew["organiser"], event)
    change_dates_and_place(
        event,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        zone=event.zone,
        cities=event.cities,
        country_id=event.country_id,
        venue_id=event.venue_id,
        venue_names=event.venue_names,
        mode=event.mode,
        online_url=ADDRESS,
        actor=actor,
    )
    said = {"per_session": True, "platform": KNOW, "phone": PHONE}
    change_setting(event, "remote", said, actor=actor)
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.state == State.ACCREDITED,
        Registration.admission == "valid_pass",
    )
    for row in list(db.session.scalars(query.order_by(Registration.id)))[::ONE_OF]:
        switch_mode(row, "remote", actor=registrant(row))
