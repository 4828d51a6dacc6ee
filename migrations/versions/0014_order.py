"""Order of States at an event, first seats, groups of institutions, forms of address."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXTS = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "event_entity",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("entity_id", NUMBER, nullable=False),
        sa.Column("names", TEXTS, nullable=False),
        sa.Column("sorts_by_name", sa.Boolean(), nullable=False),
        sa.Column("block", sa.String(length=40), nullable=False),
        sa.Column("observers", sa.String(length=40), nullable=False),
        sa.Column("is_extra", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entity.id"], name=op.f("fk_event_entity_entity_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_entity_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_entity")),
        sa.UniqueConstraint(
            "event_id", "entity_id", name=op.f("uq_event_entity_event_id_entity_id")
        ),
        sa.UniqueConstraint("ref", name=op.f("uq_event_entity_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event_entity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_entity_entity_id"), ["entity_id"], unique=False
        )
    op.create_table(
        "seat_draw",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("entity_id", NUMBER, nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("drawn_by", sa.String(length=250), nullable=False),
        sa.Column("witness", sa.String(length=250), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lots", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=250), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_seat_draw_entity_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_seat_draw_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_draw")),
        sa.UniqueConstraint("ref", name=op.f("uq_seat_draw_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("seat_draw", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_seat_draw_event_id_id"), ["event_id", "id"], unique=False
        )
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("is_listed", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.alter_column("is_listed", server_default=None)
    with op.batch_alter_table("entity_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("institution_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_entity_group_institution_id"), "institution", ["institution_id"], ["id"]
        )
        batch_op.create_index(
            batch_op.f("ix_entity_group_institution_id"), ["institution_id"], unique=False
        )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("title_en", sa.String(length=250), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("salutation", sa.String(length=250), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("order_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("in_office_since", sa.Date(), nullable=True))
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column("title_en", server_default=None)
        batch_op.alter_column("salutation", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("in_office_since")
        batch_op.drop_column("order_number")
        batch_op.drop_column("salutation")
        batch_op.drop_column("title_en")
    with op.batch_alter_table("entity_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entity_group_institution_id"))
        batch_op.drop_constraint(
            batch_op.f("fk_entity_group_institution_id"), type_="foreignkey"
        )
        batch_op.drop_column("institution_id")
    with op.batch_alter_table("entity", schema=None) as batch_op:
        batch_op.drop_column("is_listed")
    with op.batch_alter_table("seat_draw", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_draw_event_id_id"))
    op.drop_table("seat_draw")
    with op.batch_alter_table("event_entity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_entity_entity_id"))
    op.drop_table("event_entity")
