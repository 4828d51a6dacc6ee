"""Documents that sessions carry."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "session_document",
        _big("id"),
        sa.Column("ref", sa.String(length=16), nullable=False),
        _big("event_id"),
        _big("session_id"),
        _big("file_id"),
        sa.Column("titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("visibility", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_session_document_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_document_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_session_document_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_document")),
        sa.UniqueConstraint("ref", name=op.f("uq_session_document_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_session_document_event_id_session_id"),
        "session_document",
        ["event_id", "session_id"],
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_session_document_event_id_session_id"), table_name="session_document"
    )
    op.drop_table("session_document")
