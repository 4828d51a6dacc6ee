"""Links that ask a person, photos that wait to be looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("ask_number", sa.Integer(), nullable=False, server_default="1")
        )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column("ask_number", server_default=None)

    op.create_table(
        "photo_offer",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delegation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("photo_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column(
            "registration_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_photo_offer_event_id")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_photo_offer_delegation_id")
        ),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_offer_photo_id")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_photo_offer_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo_offer")),
        sa.UniqueConstraint("ref", name=op.f("uq_photo_offer_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("photo_offer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_photo_offer_event_id_delegation_id"),
            ["event_id", "delegation_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("photo_offer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_photo_offer_event_id_delegation_id"))
    op.drop_table("photo_offer")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_column("ask_number")
