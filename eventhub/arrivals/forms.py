"""Forms of arrivals: a journey, a vehicle, an officer, a courtesy."""

from collections.abc import Collection, Sequence
from typing import Any

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from eventhub.arrivals import words
from eventhub.arrivals.queries.travel import Traveller
from eventhub.arrivals.rules import NOTHING, Courtesy, Leg, Travel
from eventhub.arrivals.services.travel import SaidLeg, TravelChange
from eventhub.arrivals.services.vehicles import VehicleValues
from eventhub.events.forms import fold_field
from eventhub.events.rules import is_ambiguous
from eventhub.i18n import _, lazy_gettext, lazy_pgettext
from eventhub.web.fields import TicksField, count_field, said, wall_field
from eventhub.web.forms import BaseForm, email_field, select_field, text_field
from eventhub.web.zones import zone_choices

AS_IT_IS = "="
"""In a select for many people: leave what each has."""
AIRPORT = lazy_gettext("Airport, like XMN Xiamen")
FLIGHT = lazy_gettext("Flight or train")
ZONE = lazy_gettext("Clocks of the airport")
LEGS = ("arrives", "departs")


class TravelForm(BaseForm):
    """When, where and by what a person comes and goes, the hotel, the lounge."""

    version = HiddenField()
    arrives = wall_field(lazy_gettext("Arrives"), optional=True)
    arrives_fold = fold_field()
    arrives_zone = select_field(ZONE, optional=True)
    arrives_airport = text_field(AIRPORT, longest=80, optional=True)
    arrives_flight = text_field(FLIGHT, longest=20, optional=True)
    departs = wall_field(lazy_gettext("Departs"), optional=True)
    departs_fold = fold_field()
    departs_zone = select_field(ZONE, optional=True)
    departs_airport = text_field(AIRPORT, longest=80, optional=True)
    departs_flight = text_field(FLIGHT, longest=20, optional=True)
    hotel = text_field(lazy_gettext("Hotel"), longest=120, optional=True)
    lounge = select_field(lazy_gettext("VIP lounge"), optional=True)
    vehicle = select_field(lazy_gettext("Vehicle"), optional=True)
    officer = select_field(lazy_gettext("Liaison officer"), optional=True)

    def offer(
        self,
        zone: str,
        *,
        is_many: bool = False,
        vehicles: Sequence[tuple[str, str]] | None = None,
        officers: Sequence[tuple[str, str]] | None = None,
    ) -> "TravelForm":
        """Fill the choices; vehicle and officer are left out where None.

        `zone` is the event's, offered first.
        """
        others = [one for one in zone_choices() if one[0] != zone]
        own = (zone, zone.replace("/", " / ").replace("_", " "))
        fields: Any = self
        for leg in LEGS:
            fields[f"{leg}_zone"].choices = [own, *others]
        keep = [(AS_IT_IS, _("As it is"))] if is_many else []
        fields.lounge.choices = [*keep, ("no", _("No")), ("yes", _("Yes"))]
        for name, rows in (("vehicle", vehicles), ("officer", officers)):
            if rows is None:
                del fields[name]
            else:
                nobody = _("None yet") if name == "vehicle" else _("All of the delegation")
                fields[name].choices = [*keep, ("", nobody), *rows]
        return self

    def change(self, *, is_many: bool = False) -> TravelChange:
        """Return what the form says; of many people, what is left empty stays as it is."""
        arrival, departure = (self._leg(leg, is_many=is_many) for leg in LEGS)
        hotel = self.hotel.data or ""
        return TravelChange(
            arrival=arrival,
            departure=departure,
            lounge=None if self.lounge.data == AS_IT_IS else self.lounge.data == "yes",
            hotel=None if is_many and not hotel else hotel,
            vehicle=self._chosen("vehicle"),
            officer=self._chosen("officer"),
        )

    def _leg(self, name: str, *, is_many: bool) -> SaidLeg | None:
        leg = Leg(
            wall=self[name].data,
            zone=self[f"{name}_zone"].data or "",
            airport=self[f"{name}_airport"].data or "",
            flight=self[f"{name}_flight"].data or "",
        )
        if is_many and not leg.is_there:
            return None
        fold = self[f"{name}_fold"].data
        return SaidLeg(leg, int(fold) if fold else None)

    def _chosen(self, name: str) -> str | None:
        if name not in self or self[name].data == AS_IT_IS:
            return None
        return self[name].data or ""


def held(travellers: Sequence[Traveller], zone: str, officers: dict[int, str]) -> dict[str, Any]:
    """Return the form's values: of one person all, of many what is the same for all.

    `officers` are refs by id.
    """
    first = travellers[0]
    is_many = len(travellers) > 1
    travel = _common([one.travel for one in travellers])
    vehicles = {one.vehicle.ref if one.vehicle else "" for one in travellers}
    named = {officers.get(one.officer_id or 0, "") for one in travellers}
    lounges = {one.travel.lounge for one in travellers}
    return {
        "version": "" if is_many else str(first.version),
        **_leg_values("arrives", travel.arrival, zone),
        **_leg_values("departs", travel.departure, zone),
        "hotel": travel.hotel,
        "lounge": AS_IT_IS if len(lounges) > 1 else "yes" if travel.lounge else "no",
        "vehicle": vehicles.pop() if len(vehicles) == 1 else AS_IT_IS,
        "officer": named.pop() if len(named) == 1 else AS_IT_IS,
    }


def _common(travels: Collection[Travel]) -> Travel:
    first, *others = travels
    differing = {name for one in others for name in first.differing(one)}
    return Travel(
        **{
            name: getattr(NOTHING if name in differing else first, name)
            for name in ("arrival", "departure", "lounge", "hotel")
        }
    )


def _leg_values(name: str, leg: Leg, zone: str) -> dict[str, Any]:
    is_twice = leg.wall is not None and is_ambiguous(leg.wall, leg.zone)
    return {
        name: leg.wall,
        f"{name}_zone": leg.zone or zone,
        f"{name}_fold": str(leg.fold) if is_twice else "",
        f"{name}_airport": leg.airport,
        f"{name}_flight": leg.flight,
    }


class VehicleForm(BaseForm):
    """A car or bus of the host."""

    version = HiddenField()
    name = text_field(lazy_gettext("Name, like Car 3"), longest=60)
    seats = count_field(lazy_gettext("Seats for passengers"), optional=True)
    plate = text_field(lazy_gettext("Number plate"), longest=60, optional=True)
    driver = text_field(lazy_gettext("Driver"), optional=True)
    driver_phone = text_field(lazy_gettext("Telephone of the driver"), longest=60, optional=True)

    def vehicle(self) -> VehicleValues:
        """Return what the form says."""
        return VehicleValues(
            self.name.data,
            self.seats.data,
            self.plate.data or "",
            self.driver.data or "",
            self.driver_phone.data or "",
        )


class OfficerForm(BaseForm):
    """Who meets which delegations."""

    name = text_field(lazy_gettext("Name"))
    email = email_field(lazy_gettext("E-mail address"))
    phone = text_field(lazy_gettext("Telephone"), longest=60, optional=True)
    delegations = TicksField(
        lazy_gettext("Delegations"),
        validators=[InputRequired(lazy_gettext("Tick at least one delegation."))],
    )


class CourtesyForm(BaseForm):
    """What people of a rank are given."""

    version = HiddenField()
    lounge = BooleanField(lazy_gettext("VIP lounge"))
    car = select_field(lazy_gettext("Car"), choices=said(words.CARS), optional=True)
    escort = BooleanField(lazy_gettext("Escort"))
    room = select_field(lazy_pgettext("hotel", "Room"), choices=said(words.ROOMS), optional=True)

    def courtesy(self) -> Courtesy:
        """Return what the form says."""
        return Courtesy(
            self.lounge.data, self.car.data or "", self.escort.data, self.room.data or ""
        )


class ExceptionForm(CourtesyForm):
    """What one person is given in place of it, and why."""

    note = text_field(
        lazy_gettext("Why"), missing=lazy_gettext("Say why this person is an exception.")
    )


def version_in(form: Any) -> int:
    """Return the version that a form carries, 0 for none or nonsense."""
    text = form.version.data or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
