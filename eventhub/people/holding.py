"""What accounts, roles, the outbox and the log hold of a person.

The packages below people cannot answer themselves; they answer through here.
"""

from typing import Any

from sqlalchemy import ColumnElement, delete, false, func, or_, select, update

from eventhub.access.models import Grant
from eventhub.access.queries import all_grants_of
from eventhub.access.services import take_role
from eventhub.audit.models import AuditLabel
from eventhub.core import clock
from eventhub.core.actor import Actor
from eventhub.core.db import db
from eventhub.jobs.models import Job
from eventhub.mail.models import OutboxMail
from eventhub.people.models import Account, MailCode
from eventhub.people.seams import Held, PersonalData, Row, Whose


def whose_account(account: Account) -> Whose:
    """Return the human being of an account, as every feature is asked about them."""
    return Whose(
        ref=account.ref,
        account_id=account.id,
        addresses=frozenset({account.email}),
        zone=account.zone or "UTC",
    )


def held(whose: Whose) -> Held:
    """Return the account with its roles, and the mail that was sent to the person."""
    rows: dict[str, list[Row]] = {
        "outbox_mail": [
            {
                "message": mail.message,
                "to": mail.to,
                "language": mail.language,
                "state": mail.state,
                "queued_at": whose.time(mail.created_at),
                "sent_at": whose.time(mail.sent_at),
            }
            for mail in db.session.scalars(select(OutboxMail).where(_mail_of(whose)))
        ]
    }
    account = db.session.get(Account, whose.account_id) if whose.account_id else None
    if account is not None:
        rows["account"] = [_account(account, whose)]
        grants = select(Grant).where(Grant.account_id == account.id).order_by(Grant.id)
        rows["access_grant"] = [
            {
                "role": grant.role,
                "given_at": whose.time(grant.created_at),
                "ends_at": whose.time(grant.ends_at),
            }
            for grant in db.session.scalars(grants)
        ]
        labels = select(AuditLabel.label).where(
            AuditLabel.kind == "account", AuditLabel.actor_id == account.id
        )
        rows["audit_label"] = [{"called": label} for label in db.session.scalars(labels)]
    return Held(rows)


def erase(whose: Whose, *, actor: Actor) -> None:
    """Empty the addresses of mails and codes; close and blank the account, its roles taken.

    Conflict where the account alone holds a role that somebody must keep.
    """
    mails = db.session.scalars(select(OutboxMail).where(_mail_of(whose))).all()
    for mail in mails:
        mail.to, mail.error = "", None
        mail.state = "dropped" if mail.state in ("waiting", "failed") else mail.state
    refs = [mail.ref for mail in mails]
    letters = Job.args["ref"].as_string().in_(refs)
    db.session.execute(
        update(Job).where(Job.name == "mail.deliver", letters).values(error=None),
        execution_options={"synchronize_session": False},
    )
    db.session.execute(delete(MailCode).where(MailCode.email.in_(whose.addresses)))
    account = db.session.get(Account, whose.account_id) if whose.account_id else None
    if account is not None:
        _close(account, actor)
    db.session.flush()


def _close(account: Account, actor: Actor) -> None:
    for grant in all_grants_of(account.id):
        take_role(grant, actor=actor)
    db.session.execute(delete(MailCode).where(MailCode.account_id == account.id))
    account.email, account.name, account.password_hash = f"{account.ref}@erased.invalid", "", None
    account.zone, account.confirmed_at, account.last_sign_in_at = None, None, None
    account.closed_at = account.closed_at or clock.now()
    account.erasure_asked_at = None
    account.epoch += 1


def _account(account: Account, whose: Whose) -> Row:
    return {
        "email": account.email,
        "name": account.name,
        "language": account.language,
        "time_zone": account.zone,
        "has_password": account.password_hash is not None,
        "made_at": whose.time(account.created_at),
        "confirmed_at": whose.time(account.confirmed_at),
        "last_sign_in_at": whose.time(account.last_sign_in_at),
    }


def _mail_of(whose: Whose) -> ColumnElement[bool]:
    """Return the condition of mails to the person: about their registration, or to them alone."""
    parts: list[Any] = [false()]
    if whose.registration_id is not None:
        about = OutboxMail.ids["registration"].as_integer() == whose.registration_id
        parts.append((OutboxMail.event_id == whose.event_id) & about)
    if whose.addresses:
        parts.append(func.lower(OutboxMail.to).in_(whose.addresses))
    return or_(*parts)


PERSONAL = PersonalData(
    "people",
    frozenset({"account", "person", "mail_code", "access_grant", "outbox_mail", "audit_label",
               "audit_secret", "audit_entry", "job"}),
    held,
    erase,
)  # fmt: skip
