"""The survey of an event: a questionnaire of its own, who sent it, and the answers apart."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(40), nullable=False, server_default="registration")
        )
    op.create_table(
        "survey_receipt",
        sa.Column("registration_id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_survey_receipt_registration_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_survey_receipt_event_id")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_survey_receipt")),
    )
    op.create_table(
        "survey_answer",
        sa.Column("ref", sa.String(36), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("questionnaire_id", NUMBER, nullable=False),
        sa.Column("registration_id", NUMBER, nullable=True),
        sa.Column("answers", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_survey_answer_event_id")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_survey_answer_questionnaire_id"),
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_survey_answer_registration_id")
        ),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_survey_answer")),
        sqlite_with_rowid=False,
    )
    for table in ("survey_receipt", "survey_answer"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_table("survey_answer")
    op.drop_table("survey_receipt")
    with op.batch_alter_table("questionnaire", schema=None) as batch_op:
        batch_op.drop_column("purpose")
