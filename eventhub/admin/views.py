"""Pages of the installation: work, mail, keys, log, components, and the demo's sent mail."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from eventhub import __version__
from eventhub.admin import erasing, outbox
from eventhub.admin.gallery import gallery_context
from eventhub.admin.signing import state_of_signing
from eventhub.audit.queries import entries_of
from eventhub.audit.services import Subject, record
from eventhub.config import Settings
from eventhub.core.db import db, transaction
from eventhub.core.errors import DomainError, NotFound
from eventhub.i18n import _, pgettext
from eventhub.jobs import queries as jobs
from eventhub.jobs import services as work
from eventhub.keys.ring import ring
from eventhub.mail import services as mail
from eventhub.mail.models import OutboxMail
from eventhub.passes import tokens
from eventhub.passes.rules import TOLD_BEFORE
from eventhub.people.queries import count_erasures_asked, erasures_asked
from eventhub.web.access import PUBLIC, current_actor, requires
from eventhub.web.context import say
from eventhub.web.forms import BaseForm, show_error

bp = Blueprint("admin", __name__)

PURPOSES = ("links", "passes", "certificates", "credentials")
"""Keys that are looked after here; those of events belong to their data."""
TURNED = ("passes", "certificates", "credentials")
"""Keys that may be followed by a new one: what older ones signed names its key and stays good."""

JOB_STATES = {"live": ("waiting", "running"), "failed": ("failed",), "ended": ("done", "cancelled")}
MAIL_STATES = {"failed": ("failed",), "waiting": ("waiting",), "all": ()}
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of a list."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail as a site administrator sees it, who sees no persons."""

    ref: str
    to: str
    message: str
    state: str
    created_at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key of the ring: never more of it than its id and its age."""

    purpose: str
    key_id: str
    made_at: datetime
    is_newest: bool


@bp.context_processor
def _zone() -> dict[str, str]:
    """Tell templates in which zone the reader thinks."""
    return {"zone": getattr(current_user, "zone", None) or "UTC"}


@bp.get("/manage/installation")
@requires("installation.manage")
def show_installation() -> ResponseReturnValue:
    """Show how the installation does."""
    settings = _settings()
    return render_template(
        "admin/installation.html",
        version=__version__,
        mode=settings.mode,
        base_url=settings.base_url,
        database=db.engine.dialect.name,
        mail=settings.mail.partition("@")[2] or settings.mail,
        counts=jobs.count_by_state(),
        behind=jobs.seconds_behind(),
        failed_mail=mail.count_failed(),
        has_sent_mail=_shows_sent_mail(),
        erasures=count_erasures_asked(),
        signing=state_of_signing(settings),
        key_ends_at=tokens.signs_until() if tokens.ends_soon(TOLD_BEFORE) else None,
    )


@bp.get("/manage/installation/erasures")
@requires("installation.manage")
def list_erasures() -> ResponseReturnValue:
    """List the accounts whose holders asked for their erasure."""
    return render_template("admin/erasures.html", accounts=erasures_asked())


@bp.route("/manage/installation/erasures/<account>", methods=["GET", "POST"])
@requires("installation.manage")
def erase_asked(account: str) -> ResponseReturnValue:
    """Erase an account whose holder asked for it, after one page that says what follows."""
    form = BaseForm()
    if form.is_good():
        try:
            with transaction():
                erasing.erase_asked(account, actor=current_actor())
            say(_("The account is erased for ever."))
            return redirect(url_for("admin.list_erasures"))
        except DomainError as error:
            show_error(form, error)
    return render_template(
        "admin/erase_account.html", form=form, account=erasing.asked(account)
    ), form.status


@bp.get("/manage/installation/work")
@requires("job.manage")
def list_jobs() -> ResponseReturnValue:
    """List the work behind the pages: waiting and running, failed, ended."""
    shown = request.args.get("show", "")
    shown = shown if shown in JOB_STATES else "live"
    counts = jobs.count_by_state()
    labels = {
        "live": _("Waiting and running"),
        "failed": _("Failed"),
        "ended": pgettext("work", "Ended"),
    }
    tabs = [
        Tab(
            labels[name],
            url_for("admin.list_jobs", show=name),
            name == shown,
            sum(counts.get(state, 0) for state in states),
        )
        for name, states in JOB_STATES.items()
    ]
    rows = jobs.get_jobs(JOB_STATES[shown], limit=SHOWN)
    return render_template("admin/jobs.html", tabs=tabs, jobs=rows, shown=shown, words=_job_words())


@bp.post("/manage/installation/work/<job>/retry")
@requires("job.manage")
def retry_job(job: str) -> ResponseReturnValue:
    """Run work that failed once more."""
    with transaction():
        row = jobs.get_job(job)
        work.retry(row)
        record(current_actor(), "job.retry", [Subject("job", row.ref)], event_id=None)
    say(_("The work is queued again."))
    return redirect(url_for("admin.list_jobs"))


@bp.post("/manage/installation/work/<job>/cancel")
@requires("job.manage")
def cancel_job(job: str) -> ResponseReturnValue:
    """Stop work that waits or runs."""
    with transaction():
        row = jobs.get_job(job)
        work.cancel(row)
        record(current_actor(), "job.cancel", [Subject("job", row.ref)], event_id=None)
    say(_("The work is stopped, at once or at its next step."))
    return redirect(url_for("admin.list_jobs"))


@bp.get("/manage/installation/mail")
@requires("mail.manage")
def list_mails() -> ResponseReturnValue:
    """List the mails that could not be sent, wait, or were sent; never what they say."""
    shown = request.args.get("show", "")
    shown = shown if shown in MAIL_STATES else "failed"
    labels = {"failed": _("Failed"), "waiting": _("Waiting"), "all": _("All")}
    tabs = [
        Tab(labels[name], url_for("admin.list_mails", show=name), name == shown)
        for name in MAIL_STATES
    ]
    rows = [_mail_line(row) for row in mail.newest_mails(MAIL_STATES[shown], limit=SHOWN)]
    return render_template("admin/mails.html", tabs=tabs, mails=rows, words=_mail_words())


@bp.post("/manage/installation/mail/retry")
@requires("mail.manage")
def retry_mails() -> ResponseReturnValue:
    """Send the mails that failed once more, one or all of them."""
    ref = request.form.get("mail")
    with transaction():
        failed = mail.newest_mails(("failed",), limit=10_000)
        chosen = [row for row in failed if ref in (None, row.ref)]
        if not chosen:
            raise NotFound
        mail.retry(chosen)
        subjects = [Subject("mail", row.ref) for row in chosen]
        record(current_actor(), "mail.retry", subjects, event_id=None)
    say(_("Queued again: %(n)s.", n=len(chosen)))
    return redirect(url_for("admin.list_mails", show="waiting"))


@bp.get("/manage/installation/log")
@requires("audit.view_installation")
def show_log() -> ResponseReturnValue:
    """Show what was done at the level of the installation, newest first."""
    before = request.args.get("before", "")
    before_id = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
    entries = entries_of(None, before_id=before_id, limit=SHOWN)
    older = url_for("admin.show_log", before=entries[-1].id) if len(entries) == SHOWN else ""
    return render_template("admin/log.html", entries=entries, older_url=older)


@bp.route("/manage/installation/keys", methods=["GET", "POST"])
@requires("key.manage")
def manage_keys() -> ResponseReturnValue:
    """List the keys by id and age, and let a new one follow."""
    if request.method == "POST":
        purpose = request.form.get("purpose")
        if purpose not in TURNED:
            raise NotFound
        key_id = ring().rotate(purpose)
        with transaction():
            subject = Subject("key", f"{purpose}/{key_id}")
            record(current_actor(), "key.rotate", [subject], event_id=None)
        say(_("The new key is used from now on. What older ones made stays good."))
        return redirect(url_for("admin.manage_keys"))
    return render_template(
        "admin/keys.html", keys=_keys(), turned=TURNED, words=_key_words(),
        signing=state_of_signing(_settings()),
    )  # fmt: skip


@bp.get("/manage/installation/components")
@requires("installation.manage")
def show_components() -> ResponseReturnValue:
    """Show every component in every state."""
    return render_template("admin/components.html", **gallery_context())


@bp.get("/sent-mail")
@requires(PUBLIC)
def list_sent_mail() -> ResponseReturnValue:
    """List the letters that the demo wrote to its folder; nothing outside of a demo."""
    return render_template("admin/sent_mail.html", letters=outbox.newest(_letters(), SHOWN))


@bp.get("/sent-mail/<name>")
@requires(PUBLIC)
def show_sent_mail(name: str) -> ResponseReturnValue:
    """Show one letter of the demo, its links to follow."""
    letter = outbox.find(_letters(), name)
    if letter is None:
        raise NotFound
    return render_template("admin/sent_letter.html", letter=letter)


@bp.get("/sent-mail/<name>/<int:number>")
@requires(PUBLIC)
def show_attachment(name: str, number: int) -> ResponseReturnValue:
    """Answer an attachment of a letter of the demo."""
    found = outbox.attachment(_letters(), name, number)
    if found is None:
        raise NotFound
    file_name, media_type, data = found
    return send_file(
        BytesIO(data), mimetype=media_type, as_attachment=True, download_name=file_name
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings


def _shows_sent_mail() -> bool:
    """Tell whether sent mail may be read by anybody: invented people only, nothing real."""
    settings = _settings()
    return settings.mode in ("demo", "development") and settings.mail.startswith("folder:")


def _letters() -> Path:
    if not _shows_sent_mail():
        abort(404)
    return _settings().folder("mail")


def _keys() -> list[KeyLine]:
    lines = []
    for purpose in PURPOSES:
        newest = ring().newest(purpose)
        for path in sorted((ring().folder / purpose).glob("k*")):
            made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            lines.append(KeyLine(purpose, path.name, made, path.name == newest))
    return lines


def _mail_line(row: OutboxMail) -> MailLine:
    name, _at, domain = row.to.rpartition("@")
    masked = f"{name[:1]}…@{domain}"
    error = (row.error or "").replace(row.to, masked)
    return MailLine(row.ref, masked, row.message, row.state, row.created_at, error)


def _job_words() -> dict[str, tuple[str, str]]:
    return {
        "waiting": (_("Waiting"), "note"),
        "running": (_("Running"), "note"),
        "done": (_("Done"), "good"),
        "failed": (_("Failed"), "stop"),
        "cancelled": (_("Stopped"), "quiet"),
    }


def _mail_words() -> dict[str, tuple[str, str]]:
    return {
        "waiting": (_("Waiting"), "note"),
        "sent": (pgettext("mail", "Sent"), "good"),
        "dropped": (_("No longer needed"), "quiet"),
        "caught": (_("Kept in the house"), "quiet"),
        "failed": (_("Failed"), "stop"),
    }


def _key_words() -> dict[str, str]:
    return {
        "links": _("Private links and codes"),
        "passes": _("Passes (the code on the badge)"),
        "certificates": _("Certificates"),
        "credentials": _("Digital credentials (Open Badges)"),
    }
