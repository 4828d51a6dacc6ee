"""Items of the agenda, and which sessions take them up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def _big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, big, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        _big("id"),
        sa.Column("ref", sa.String(length=16), nullable=False),
        _big("event_id"),
        _big("parent_id", nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("annotations", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_agenda_item_event_id")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("ref", name=op.f("uq_agenda_item_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_agenda_item_event_id_place"), "agenda_item", ["event_id", "place"])
    op.create_table(
        "session_item",
        _big("id"),
        _big("event_id"),
        _big("session_id"),
        _big("item_id"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_session_item_event_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_item_session_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["agenda_item.id"], name=op.f("fk_session_item_item_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_item")),
        sa.UniqueConstraint(
            "event_id", "session_id", "item_id",
            name=op.f("uq_session_item_event_id_session_id_item_id"),
        ),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("session_item")
    op.drop_index(op.f("ix_agenda_item_event_id_place"), table_name="agenda_item")
    op.drop_table("agenda_item")
