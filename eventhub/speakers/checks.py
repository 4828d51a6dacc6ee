"""What R3.4 warns of about speakers: not there at that time, not confirmed yet, gone."""

from collections.abc import Iterator
from datetime import timedelta

from eventhub.agenda.lint import Check, Names
from eventhub.agenda.queries import Draft
from eventhub.agenda.rules import Finding, Plan, Severity
from eventhub.core import clock
from eventhub.events.models import Event
from eventhub.i18n import _
from eventhub.speakers.queries import windows_of
from eventhub.speakers.rules import CONFIRMED_BEFORE_DAYS, GONE, can_speak


def find(_event: Event, draft: Draft, plan: Plan) -> Iterator[Finding]:
    """Find speakers outside their availability, silent shortly before, or declined.

    Silence counts only where the speaker was asked and the session is not over.
    """
    ids = {session.ref: session.id for session in draft.sessions}
    now, soon = clock.now(), clock.now() + timedelta(days=CONFIRMED_BEFORE_DAYS)
    for session in plan.sessions:
        slots = draft.slots.get(ids[session.ref], [])
        staying = [slot for slot in slots if slot.answer not in GONE]
        here = {slot.speaker_id for slot in staying}
        for slot in slots:
            if slot.answer in GONE:
                ref = draft.speakers[slot.speaker_id].ref
                said = {"answer": slot.answer, "role": slot.role}
                yield Finding("speaker_gone", Severity.ERROR, (session.ref,), ref, said)
        for speaker_id in sorted(here):
            speaker = draft.speakers[speaker_id]
            if not can_speak(windows_of(speaker), session.starts_at, session.ends_at):
                yield Finding("speaker_unavailable", Severity.ERROR, (session.ref,), speaker.ref)
        if now < session.ends_at and session.starts_at <= soon:
            for speaker_id in sorted({slot.speaker_id for slot in staying if not slot.answer}):
                speaker = draft.speakers[speaker_id]
                if speaker.invited_at is not None:
                    yield Finding("speaker_silent", Severity.WARNING, (session.ref,), speaker.ref)


def _gone(finding: Finding, names: Names) -> str:
    who = names.speakers[finding.about]
    if finding.said["answer"] == "withdrawn":
        return _("%(speaker)s has withdrawn and is still named.", speaker=who)
    return _("%(speaker)s has declined and is still named.", speaker=who)


def _unavailable(finding: Finding, names: Names) -> str:
    return _("%(speaker)s cannot speak at this time.", speaker=names.speakers[finding.about])


def _silent(finding: Finding, names: Names) -> str:
    return _("%(speaker)s has not confirmed yet.", speaker=names.speakers[finding.about])


CHECK = Check(
    find,
    {"speaker_gone": _gone, "speaker_unavailable": _unavailable, "speaker_silent": _silent},
)
