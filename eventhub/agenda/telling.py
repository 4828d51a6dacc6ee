"""What a revision of the programme changes, in sentences for people (R3.5)."""

from collections.abc import Iterable, Iterator

from eventhub.agenda.rules import Change, FrozenSession, Programme
from eventhub.agenda.words import FIELDS, ROLES, language_names
from eventhub.events.rules import local
from eventhub.i18n import Translated, _, times

_NAMED_FIELDS = {"titles", "speakers", "starts_at", "ends_at", "room", "place_note", "status"}


def tell(
    changes: Iterable[Change], before: Programme | None, after: Programme
) -> Iterator[tuple[str, str]]:
    """Yield (kind, sentence) for each thing that changed, in the present language."""
    old = {session.uid: session for session in before.sessions} if before else {}
    new = {session.uid: session for session in after.sessions}
    for change in changes:
        if change.kind in ("room", "track", "speaker"):
            yield change.kind, _refers(change, before, after)
            continue
        session, was = new.get(change.uid), old.get(change.uid)
        if session is None:
            continue
        if was is None or before is None:
            yield "added", _added(session, after)
        else:
            for sentence in _session(change, was, session, before, after):
                yield change.kind, sentence


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
    if move := _move(name, was, now, before, after):
        yield move
    if "speakers" in change.fields:
        yield from _speakers(name, was, now, before, after)
    for field in change.fields:
        if field in ("floor_languages", "interpretation"):
            yield _languages(name, field, getattr(now, field))
        elif field not in _NAMED_FIELDS:
            yield _("%(session)s: %(field)s changed.", session=name, field=FIELDS[field])


def _move(
    name: str, was: FrozenSession, now: FrozenSession, before: Programme, after: Programme
) -> str | None:
    said = {
        "session": name,
        "old_room": _where(was, before),
        "room": _where(now, after),
        "old_time": f"{local(was.starts_at, was.zone):%H:%M}",
        "time": f"{local(now.starts_at, now.zone):%H:%M}",
    }
    room, time = said["old_room"] != said["room"], was.starts_at != now.starts_at
    if was.starts[:10] != now.starts[:10]:
        said |= {"old_time": _when(was), "time": _when(now)}
    if room and time:
        return _(
            "%(session)s moved from %(old_room)s to %(room)s, %(old_time)s to %(time)s.", **said
        )
    if room:
        return _("%(session)s moved from %(old_room)s to %(room)s.", **said)
    if time:
        return _("%(session)s moved from %(old_time)s to %(time)s.", **said)
    if was.ends_at != now.ends_at:
        said |= {"old_end": was.ends[11:], "end": now.ends[11:]}
        return _("%(session)s ends at %(end)s instead of %(old_end)s.", **said)
    return None


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


def _languages(name: str, field: str, codes: tuple[str, ...]) -> str:
    languages = language_names(codes) or _("none")
    if field == "interpretation":
        return _("%(session)s: interpretation is now %(languages)s.", session=name,
                 languages=languages)  # fmt: skip
    return _("%(session)s: the floor now speaks %(languages)s.", session=name, languages=languages)


def _refers(change: Change, before: Programme | None, after: Programme) -> str:
    named = {"room": "names", "track": "titles", "speaker": "name"}[change.kind]
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
        session=_name(session), time=_when(session), end=session.ends[11:],
        room=_where(session, programme),
    )  # fmt: skip


def _when(session: FrozenSession) -> str:
    wall = local(session.starts_at, session.zone)
    return _("%(day)s, %(time)s", day=times.day(wall.date(), year=False), time=f"{wall:%H:%M}")


def _where(session: FrozenSession, programme: Programme) -> str:
    if session.room:
        return Translated(programme.rooms[session.room]["names"]).pick()
    return Translated(session.place_note).pick() or _("no room")


def _title(session: FrozenSession) -> str:
    return Translated(session.titles).pick()


def _name(session: FrozenSession) -> str:
    return f"{session.code} {_title(session)}"
