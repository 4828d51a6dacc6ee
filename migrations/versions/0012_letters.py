"""Focal points, invitations, official letters, letterheads; a delegation's reply."""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def new_columns():
    """Return the columns that delegations gain, unbound to any table."""
    return [
        sa.Column("readiness", sa.String(length=40), nullable=False, server_default="open"),
        sa.Column("reply", sa.String(length=40), nullable=False, server_default="none"),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_step", sa.String(length=250), nullable=False, server_default=""),
        sa.Column("next_step_on", sa.Date(), nullable=True),
    ]


def upgrade() -> None:
    op.create_table(
        "information_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("files", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("issued_by", sa.String(length=250), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_information_note_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_note")),
        sa.UniqueConstraint(
            "event_id", "revision", name=op.f("uq_information_note_event_id_revision")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_information_note_ref")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "letter_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_text_event_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_letter_text_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_text")),
        sa.UniqueConstraint("event_id", "kind", name=op.f("uq_letter_text_event_id_kind")),
        sa.UniqueConstraint(
            "institution_id", "kind", name=op.f("uq_letter_text_institution_id_kind")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delegation_contact",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("function", sa.String(length=250), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_contact_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegation_contact_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_contact")),
        sa.UniqueConstraint("ref", name=op.f("uq_delegation_contact_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_contact", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_contact_event_id_delegation_id"),
            ["event_id", "delegation_id"],
            unique=False,
        )

    op.create_table(
        "delegation_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("written_by", sa.String(length=250), nullable=False),
        sa.Column("next_step", sa.String(length=250), nullable=False),
        sa.Column("next_step_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegation_note_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_delegation_note_event_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_note")),
        sa.UniqueConstraint("ref", name=op.f("uq_delegation_note_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("delegation_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delegation_note_event_id_delegation_id_id"),
            ["event_id", "delegation_id", "id"],
            unique=False,
        )

    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("reference_no", sa.String(length=80), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("code_number", sa.Integer(), nullable=False),
        sa.Column("code_key", sa.String(length=16), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_invitation_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_invitation_event_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_invitation_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "event_id", "delegation_id", name=op.f("uq_invitation_event_id_delegation_id")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_invitation_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_event_id_code_hash"), ["event_id", "code_hash"], unique=False
        )

    op.create_table(
        "letter_run",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("started_by", sa.String(length=250), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_run_event_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_letter_run_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_run")),
        sa.UniqueConstraint("ref", name=op.f("uq_letter_run_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("letter_run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letter_run_event_id_id"), ["event_id", "id"], unique=False
        )

    op.create_table(
        "letterhead",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("headings", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("addresses", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("footers", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("signatories", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "signatory_titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("logo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_letterhead_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["logo_id"], ["stored_file.id"], name=op.f("fk_letterhead_logo_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead")),
        sa.UniqueConstraint("institution_id", name=op.f("uq_letterhead_institution_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "official_letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reference_no", sa.String(length=80), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("signatory", sa.String(length=250), nullable=False),
        sa.Column("languages", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("reason_text", sa.String(length=250), nullable=False),
        sa.Column(
            "supersedes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("sent_by", sa.String(length=250), nullable=False),
        sa.Column("decided_by", sa.String(length=250), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_official_letter_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_official_letter_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_official_letter_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["official_letter.id"], name=op.f("fk_official_letter_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_letter")),
        sa.UniqueConstraint(
            "delegation_id", "version", name=op.f("uq_official_letter_delegation_id_version")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_official_letter_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_official_letter_event_id_state"), ["event_id", "state"], unique=False
        )

    op.create_table(
        "focal_point",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reason", sa.String(length=250), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_focal_point_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_focal_point_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_focal_point_event_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["official_letter.id"], name=op.f("fk_focal_point_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_focal_point")),
        sa.UniqueConstraint("ref", name=op.f("uq_focal_point_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("focal_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_focal_point_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_focal_point_event_id_delegation_id"),
            ["event_id", "delegation_id"],
            unique=False,
        )

    op.create_table(
        "letter_cover",
        sa.Column(
            "registration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_letter_cover_event_id")),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["official_letter.id"], name=op.f("fk_letter_cover_letter_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_letter_cover_registration_id")
        ),
        sa.PrimaryKeyConstraint("registration_id", "letter_id", name=op.f("pk_letter_cover")),
    )
    with op.batch_alter_table("letter_cover", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letter_cover_event_id_letter_id"),
            ["event_id", "letter_id"],
            unique=False,
        )

    for column in new_columns():
        op.add_column("delegation", column)
    name_focal_points()


def name_focal_points() -> None:
    """Write a row for each delegation that somebody looks after by a grant so far."""
    bind = op.get_bind()
    grants = sa.table(
        "access_grant",
        sa.column("account_id"),
        sa.column("event_id"),
        sa.column("role"),
        sa.column("id"),
        sa.column("scope", JSON),
        sa.column("created_at", sa.DateTime(timezone=True)),
    )
    known = set(bind.execute(sa.text("SELECT id FROM delegation")).scalars())
    rows, first = [], set()
    query = sa.select(grants).where(grants.c.role == "focal_point").order_by(grants.c.id)
    for grant in bind.execute(query).mappings():
        for delegation_id in (grant["scope"] or {}).get("delegations", []):
            if delegation_id not in known:
                continue
            rows.append(
                {
                    "ref": "".join(secrets.choice(ALPHABET) for _ in range(10)),
                    "event_id": grant["event_id"],
                    "delegation_id": delegation_id,
                    "account_id": grant["account_id"],
                    "is_primary": delegation_id not in first,
                    "state": "confirmed",
                    "phone": "",
                    "reason": "",
                    "created_at": grant["created_at"],
                }
            )
            first.add(delegation_id)
    if rows:
        table = sa.table(
            "focal_point",
            *(sa.column(name) for name in rows[0] if name not in ("created_at", "is_primary")),
            sa.column("is_primary", sa.Boolean()),
            sa.column("created_at", sa.DateTime(timezone=True)),
        )
        bind.execute(sa.insert(table), rows)


def downgrade() -> None:
    for column in reversed(new_columns()):
        op.drop_column("delegation", column.name)

    with op.batch_alter_table("letter_cover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_cover_event_id_letter_id"))

    op.drop_table("letter_cover")
    with op.batch_alter_table("focal_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_focal_point_event_id_delegation_id"))
        batch_op.drop_index(batch_op.f("ix_focal_point_account_id"))

    op.drop_table("focal_point")
    with op.batch_alter_table("official_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_official_letter_event_id_state"))

    op.drop_table("official_letter")
    op.drop_table("letterhead")
    with op.batch_alter_table("letter_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_run_event_id_id"))

    op.drop_table("letter_run")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_event_id_code_hash"))

    op.drop_table("invitation")
    with op.batch_alter_table("delegation_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_note_event_id_delegation_id_id"))

    op.drop_table("delegation_note")
    with op.batch_alter_table("delegation_contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_contact_event_id_delegation_id"))

    op.drop_table("delegation_contact")
    op.drop_table("letter_text")
    op.drop_table("information_note")
