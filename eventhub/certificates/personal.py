"""A person's certificates: they outlive the person's data, unless the holder gives them up."""

from sqlalchemy import false, or_, select

from eventhub.certificates.messages import title_of
from eventhub.certificates.models import Certificate, CertificateRun, Withdrawal
from eventhub.certificates.queries import pending_of
from eventhub.certificates.rules import HOLDERS_WISH, WithdrawalState
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.files.models import StoredFile
from eventhub.files.services import erase_files
from eventhub.people.seams import Held, HeldFile, PersonalData, Whose


def held(whose: Whose) -> Held:
    """Return certificates with their files."""
    rows, files = [], []
    for one in _certificates(whose):
        name = f"{one.serial}-{one.issue}.pdf".replace("/", "-")
        stored = db.session.get(StoredFile, one.file_id) if one.file_id else None
        if stored is not None:
            files.append(HeldFile(name, stored))
        row = {
            "serial": one.serial,
            "certificate": title_of(one.level),
            "name": one.shown["name"],
            "name_local": one.shown.get("name_local", ""),
            "represented": one.shown.get("entity", {}),
            "hours": one.quarter_hours / 4,
            "state": one.state,
            "issued_at": whose.time(one.issued_at),
            "file": name if stored else None,
        }
        rows.append(row)
    acts = [_act(one, whose) for one in _withdrawals(whose)]
    runs = [{"started_at": whose.time(one.created_at), "made": one.made} for one in _runs(whose)]
    found = {"certificate": rows, "certificate_withdrawal": acts, "certificate_run": runs}
    return Held(found, files)


def _act(one: Withdrawal, whose: Whose) -> dict[str, str | None]:
    """Say what was proposed of the person's certificate, or by the person."""
    return {
        "reason": one.reason, "state": one.state,
        "proposed_at": whose.time(one.proposed_at), "decided_at": whose.time(one.decided_at),
    }  # fmt: skip


def erase(whose: Whose, *, actor: Actor) -> None:
    """Keep name, event, level, date and hash (R5.6), or with the holder's wish not even the name.

    The file and all else that is shown go either way.
    """
    _forget_names(whose)
    gone = set()
    for one in _certificates(whose, lock=True):
        if one.file_id is not None:
            gone.add(one.file_id)
        one.file_id, one.sha256, one.quarter_hours = None, one.sha256 or "", 0
        one.shown = {
            **one.shown,
            "name": "" if whose.certificates_too else one.shown["name"],
            "name_local": "",
            "name_local_language": "",
            "entity": {},
            "sessions": [],
        }
        if whose.certificates_too:
            one.state, one.reason = "revoked", HOLDERS_WISH
            one.ended_at = one.ended_at or clock.now()
            _close_proposal(one, whose)
    db.session.flush()
    erase_files(gone)


def _close_proposal(certificate: Certificate, whose: Whose) -> None:
    """End the proposal to withdraw what its holder gave up: nobody has to decide on it now."""
    pending = pending_of(certificate.id)
    if pending is not None:
        pending.state, pending.decided_at = WithdrawalState.REFUSED, clock.now()
        pending.decided_label = whose.ref


def _forget_names(whose: Whose) -> None:
    """Put the ref of an account in place of its name where it acted."""
    if whose.account_id is None:
        return
    for run in _runs(whose):
        run.started_label = whose.ref
    for one in _withdrawals(whose):
        if one.proposed_by == whose.account_id:
            one.proposed_label = whose.ref
        if one.decided_by == whose.account_id:
            one.decided_label = whose.ref


def _withdrawals(whose: Whose) -> list[Withdrawal]:
    if whose.account_id is not None:
        which = or_(
            Withdrawal.proposed_by == whose.account_id, Withdrawal.decided_by == whose.account_id
        )
    else:
        which = Withdrawal.certificate_id.in_([one.id for one in _certificates(whose)])
    return list(db.session.scalars(select(Withdrawal).where(which).order_by(Withdrawal.id)))


def _runs(whose: Whose) -> list[CertificateRun]:
    if whose.account_id is None:
        return []
    query = select(CertificateRun).where(CertificateRun.started_by == whose.account_id)
    return list(db.session.scalars(query.order_by(CertificateRun.id)))


def _certificates(whose: Whose, *, lock: bool = False) -> list[Certificate]:
    owners = {
        Certificate.speaker_id: whose.speaker_id,
        Certificate.registration_id: whose.registration_id,
    }
    known = [column == number for column, number in owners.items() if number is not None]
    query = select(Certificate).where(
        Certificate.event_id == whose.event_id, or_(false(), *known)
    )
    query = query.order_by(Certificate.id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(query))


TABLES = frozenset({"certificate", "certificate_withdrawal", "certificate_run"})
PERSONAL = PersonalData("certificates", TABLES, held, erase)
