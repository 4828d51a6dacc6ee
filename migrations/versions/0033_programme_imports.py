"""Spreadsheets of the programme: what was sent, and what each row did."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "programme_import",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", _BIG, nullable=False),
        sa.Column("file_id", _BIG, nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("started_by", sa.String(length=250), nullable=False),
        sa.Column("encoding", sa.String(length=40), nullable=False),
        sa.Column("columns", _JSON, nullable=False),
        sa.Column("makes", _JSON, nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("counts", _JSON, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("applied_at", _TIME, nullable=True),
        sa.Column("undone_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_programme_import_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_programme_import_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_import")),
        sa.UniqueConstraint("ref", name=op.f("uq_programme_import_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_programme_import_event_id"), "programme_import", ["event_id"])
    op.create_table(
        "imported_session",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("event_id", _BIG, nullable=False),
        sa.Column("import_id", _BIG, nullable=False),
        sa.Column("session_ref", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_imported_session_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["programme_import.id"], name=op.f("fk_imported_session_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_session")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_imported_session_event_id"), "imported_session", ["event_id"])
    op.create_index(op.f("ix_imported_session_import_id"), "imported_session", ["import_id"])


def downgrade() -> None:
    op.drop_table("imported_session")
    op.drop_table("programme_import")
