"""People by spreadsheet, and pairs that are not the same person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def _id() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "people_import",
        sa.Column("id", _id(), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", _id(), nullable=False),
        sa.Column("delegation_id", _id(), nullable=True),
        sa.Column("account_id", _id(), nullable=True),
        sa.Column("file_id", _id(), nullable=True),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("started_by", sa.String(length=250), nullable=False),
        sa.Column("encoding", sa.String(length=40), nullable=False),
        sa.Column("columns", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("counts", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_people_import_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_people_import_delegation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_people_import_event_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_people_import_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
        sa.UniqueConstraint("ref", name=op.f("uq_people_import_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("people_import", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_people_import_event_id_delegation_id"),
            ["event_id", "delegation_id"],
            unique=False,
        )

    op.create_table(
        "imported_row",
        sa.Column("id", _id(), nullable=False),
        sa.Column("event_id", _id(), nullable=False),
        sa.Column("import_id", _id(), nullable=False),
        sa.Column("registration_id", _id(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_imported_row_event_id")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["people_import.id"], name=op.f("fk_imported_row_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_imported_row_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        for name in ("event_id", "import_id", "registration_id"):
            batch_op.create_index(batch_op.f(f"ix_imported_row_{name}"), [name], unique=False)

    op.create_table(
        "not_twins",
        sa.Column("first_id", _id(), nullable=False),
        sa.Column("second_id", _id(), nullable=False),
        sa.Column("event_id", _id(), nullable=False),
        sa.Column("said_by", sa.String(length=250), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_not_twins_event_id")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["registration.id"], name=op.f("fk_not_twins_first_id")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["registration.id"], name=op.f("fk_not_twins_second_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_not_twins")),
    )
    with op.batch_alter_table("not_twins", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_twins_event_id"), ["event_id"], unique=False)


def downgrade() -> None:
    op.drop_table("not_twins")
    op.drop_table("imported_row")
    op.drop_table("people_import")
