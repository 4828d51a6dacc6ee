"""What a person chose of the own calendar."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")


def _big(name: str) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "calendar_choice",
        _big("registration_id"),
        _big("event_id"),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("alarm_minutes", sa.Integer(), nullable=True),
        sa.Column("shows_all", sa.Boolean(), nullable=False),
        sa.Column("by_mail", sa.Boolean(), nullable=False),
        sa.Column("told", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_calendar_choice_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_calendar_choice_registration_id"),
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_calendar_choice")),
    )
    op.create_index(
        op.f("ix_calendar_choice_event_id_by_mail"), "calendar_choice", ["event_id", "by_mail"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_calendar_choice_event_id_by_mail"), table_name="calendar_choice")
    op.drop_table("calendar_choice")
