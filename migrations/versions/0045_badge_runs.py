"""Designs kept in print runs, badges handed over, the log of re-issued passes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "badge_hand_over",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("delegation_id", NUMBER, nullable=True),
        sa.Column("taken_by", sa.String(length=250), nullable=False),
        sa.Column("badges", sa.Integer(), nullable=False),
        sa.Column("handed_by", sa.String(length=250), nullable=False),
        sa.Column("account_id", NUMBER, nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_badge_hand_over_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_badge_hand_over_delegation_id")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_badge_hand_over_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_hand_over")),
        sa.UniqueConstraint("ref", name=op.f("uq_badge_hand_over_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("badge_hand_over", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_badge_hand_over_event_id_id"), ["event_id", "id"], unique=False
        )
    op.create_table(
        "pass_reissue",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("pass_id", NUMBER, nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.String(length=250), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_pass_reissue_event_id")),
        sa.ForeignKeyConstraint(["pass_id"], ["pass.id"], name=op.f("fk_pass_reissue_pass_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_reissue")),
        sa.UniqueConstraint("pass_id", "issue", name=op.f("uq_pass_reissue_pass_id_issue")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pass_reissue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pass_reissue_event_id"), ["event_id"], unique=False)
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("design_id", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("covers_id", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("report", JSON, nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("design_id", "covers_id"):
            batch_op.create_foreign_key(
                batch_op.f(f"fk_print_run_{name}"), "stored_file", [name], ["id"]
            )
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        batch_op.alter_column("report", existing_type=JSON, server_default=None)
    with op.batch_alter_table("printed_badge", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("face", sa.String(length=64), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("sticker", sa.String(length=40), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("hand_over_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_printed_badge_hand_over_id"), "badge_hand_over", ["hand_over_id"], ["id"]
        )
    with op.batch_alter_table("printed_badge", schema=None) as batch_op:
        for name, length in (("face", 64), ("sticker", 40)):
            batch_op.alter_column(name, existing_type=sa.String(length), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("printed_badge", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_printed_badge_hand_over_id"), type_="foreignkey")
        for name in ("hand_over_id", "sticker", "face"):
            batch_op.drop_column(name)
    with op.batch_alter_table("print_run", schema=None) as batch_op:
        for name in ("design_id", "covers_id"):
            batch_op.drop_constraint(batch_op.f(f"fk_print_run_{name}"), type_="foreignkey")
        for name in ("removed_at", "report", "covers_id", "design_id"):
            batch_op.drop_column(name)
    op.drop_table("pass_reissue")
    op.drop_table("badge_hand_over")
