"""What a revision of the programme changes, in sentences for people (R3.5)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from eventhub.agenda.rules import Change, FrozenSession, Programme
from eventhub.agenda.telling_items import tell_agenda
from eventhub.agenda.words import ACCESS, FIELDS, KINDS, ROLES, language_names
from eventhub.i18n import Translated, _, lazy_gettext, times

_TOLD_FIRST = frozenset(
    {"titles", "speakers", "starts_at", "ends_at", "room", "place_note", "status", "zone"}
)
"""Fields that have sentences of their own, in this order."""
_STATUS = {
    "confirmed": lazy_gettext("%(session)s is now confirmed."),
    "tentative": lazy_gettext("%(session)s is now tentative."),
}


def tell(
    changes: Iterable[Change], before: Programme | None, after: Programme
) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for each thing that changed, in the present language.

    A new time zone of all sessions is said once, before everything else.
    """
    zones = _zones(before, after)
    if zones is not None:
        yield "moved", zones
    old = {session.uid: session for session in before.sessions} if before else {}
    new = {session.uid: session for session in after.sessions}
    for change in changes:
        if change.kind in ("room", "track", "speaker", "document"):
            yield change.kind, _refers(change, before, after)
            continue
        if change.kind == "agenda" and before is not None:
            yield from (("agenda", sentence) for sentence in tell_agenda(before, after))
            continue
        session, was = new.get(change.uid), old.get(change.uid)
        if session is None:
            if was is not None:
                yield "removed", _("%(session)s is taken off the programme.", session=_name(was))
            continue
        if was is None or before is None:
            yield "added", _added(session, after)
        else:
            fields = [one for one in change.fields if one != "zone" or zones is None]
            now = replace(change, fields=tuple(fields))
            for sentence in _session(now, was, session, before, after):
                yield change.kind, sentence


def tell_lost(was: FrozenSession) -> str:
    """Say that a session is the reader's no more, in the words they knew it by."""
    return _("%(session)s is no longer in your programme.", session=_name(was))


def _session(
    change: Change, was: FrozenSession, now: FrozenSession, before: Programme, after: Programme
) -> Iterator[str]:
    name = _name(now)
    if change.kind == "cancelled":
        yield _("%(session)s is cancelled.", session=_name(was))
        return
    if "titles" in change.fields:
        yield _("%(old)s is now called %(new)s.", old=_name(was), new=_title(now))
    if was.status == "cancelled" and now.status != "cancelled":
        yield _("%(session)s takes place after all.", session=name)
    elif was.status != now.status:
        yield _STATUS[now.status] % {"session": name}
    if "zone" in change.fields:
        yield _(
            "%(session)s: the times are now those of %(city)s instead of %(old_city)s.",
            session=name, city=times.zone_city(now.zone), old_city=times.zone_city(was.zone),
        )  # fmt: skip
    yield from _move(name, was, now, before, after)
    if "speakers" in change.fields:
        yield from _speakers(name, was, now, before, after)
    for field in change.fields:
        if field not in _TOLD_FIRST:
            yield _field(name, field, now, after)


def _move(
    name: str, was: FrozenSession, now: FrozenSession, before: Programme, after: Programme
) -> Iterator[str]:
    """Say in wall times from where to where and from when to when; an end where it differs."""
    room, time = was.room != now.room or was.place_note != now.place_note, was.starts != now.starts
    end, names_day = was.ends != now.ends, was.starts[:10] != now.starts[:10]
    old_time, new_time = (_when(one, names_day, has_end=end) for one in (was, now))
    said = {
        "session": name,
        "old_room": _where(was, before),
        "room": _where(now, after),
        "old_time": old_time,
        "time": new_time,
    }
    if room and time:
        yield _(
            "%(session)s moved from %(old_room)s to %(room)s, %(old_time)s to %(time)s.", **said
        )
    elif room:
        yield _("%(session)s moved from %(old_room)s to %(room)s.", **said)
    elif time:
        yield _("%(session)s moved from %(old_time)s to %(time)s.", **said)
    if end and not time:
        names_day = was.ends[:10] != now.ends[:10]
        yield _(
            "%(session)s ends at %(end)s instead of %(old_end)s.",
            session=name, end=_at(now.ends, names_day), old_end=_at(was.ends, names_day),
        )  # fmt: skip


def _zones(before: Programme | None, after: Programme) -> str | None:
    """Say that all sessions keep their wall times in another time zone; None where it is not so."""
    if before is None:
        return None
    old, new = ({one.zone for one in programme.standing()} for programme in (before, after))
    if len(old) != 1 or len(new) != 1 or old == new:
        return None
    return _(
        "All times are now those of %(city)s instead of %(old_city)s; what clocks show stays.",
        city=times.zone_city(new.pop()), old_city=times.zone_city(old.pop()),
    )  # fmt: skip


def _speakers(
    name: str, was: FrozenSession, now: FrozenSession, before: Programme, after: Programme
) -> Iterator[str]:
    gone = [part for part in was.speakers if part not in now.speakers]
    come = [part for part in now.speakers if part not in was.speakers]
    for ref, role in gone:
        yield _(
            "%(session)s: %(speaker)s is no longer named as %(role)s.",
            session=name, speaker=before.speakers[ref]["name"], role=ROLES[role],
        )  # fmt: skip
    for ref, role in come:
        yield _(
            "%(session)s: %(speaker)s is named as %(role)s.",
            session=name, speaker=after.speakers[ref]["name"], role=ROLES[role],
        )  # fmt: skip
    if not gone and not come:
        yield _("%(session)s: the speakers are named in another order.", session=name)


def _field(name: str, field: str, now: FrozenSession, after: Programme) -> str:
    """Say what a field says now, or that it changed where it is too long for a sentence."""
    said: str | None = None
    if field == "floor_languages":
        sentence = _("%(session)s: the floor now speaks %(said)s.")
        said = language_names(now.floor_languages) or _("none")
    elif field == "interpretation":
        sentence = _("%(session)s: interpretation is now %(said)s.")
        said = language_names(now.interpretation) or _("none")
    elif field == "code":
        sentence, said = _("%(session)s: its code is now %(said)s."), now.code
    elif field == "kind":
        sentence, said = _("%(session)s: it is now of the kind %(said)s."), str(KINDS[now.kind])
    elif field == "access":
        sentence, said = _("%(session)s: who may come is now %(said)s."), str(ACCESS[now.access])
    elif field == "admit":
        sentence = _("%(session)s: the categories admitted are now %(said)s.")
        said = ", ".join(now.admit) or _("all")
    elif field == "track":
        titles = after.tracks[now.track]["titles"] if now.track else {}
        sentence = _("%(session)s: its track is now %(said)s.")
        said = Translated(titles).pick() or _("none")
    if said is None:
        return _("%(session)s: %(field)s changed.", session=name, field=FIELDS[field])
    return sentence % {"session": name, "said": said}


def _refers(change: Change, before: Programme | None, after: Programme) -> str:
    said = {"room": "names", "track": "titles", "speaker": "name", "document": "titles"}
    named = said[change.kind]
    old = getattr(before, f"{change.kind}s")[change.uid][named]
    new = getattr(after, f"{change.kind}s")[change.uid][named]
    old, new = (Translated(n).pick() if isinstance(n, dict) else n for n in (old, new))
    if old != new:
        return _("%(old)s is now called %(new)s.", old=old, new=new)
    field = next((FIELDS[name] for name in change.fields if name in FIELDS), FIELDS["names"])
    return _("%(name)s: %(field)s changed.", name=new, field=field)


def _added(session: FrozenSession, programme: Programme) -> str:
    return _(
        "%(session)s is new: %(time)s to %(end)s, %(room)s.",
        session=_name(session), time=_at(session.starts), end=session.ends[11:],
        room=_where(session, programme),
    )  # fmt: skip


def _when(session: FrozenSession, names_day: bool, *, has_end: bool) -> str:
    """Return when it begins, to when it ends where that is to be said."""
    if not has_end:
        return _at(session.starts, names_day)
    time = times.clock_range(session.starts[11:], session.ends[11:])
    return _on(session.starts, time) if names_day else time


def _at(wall: str, names_day: bool = True) -> str:
    return _on(wall, wall[11:]) if names_day else wall[11:]


def _on(wall: str, time: str) -> str:
    day = times.day(date.fromisoformat(wall[:10]), year=False)
    return _("%(day)s, %(time)s", day=day, time=time)


def _where(session: FrozenSession, programme: Programme) -> str:
    if session.room:
        return Translated(programme.rooms[session.room]["names"]).pick()
    return Translated(session.place_note).pick() or _("no room")


def _title(session: FrozenSession) -> str:
    return Translated(session.titles).pick()


def _name(session: FrozenSession) -> str:
    return f"{session.code} {_title(session)}"
