"""Attendance corrected by hand, test scores by spreadsheet; mandatory is said at the session."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
SETTING = sa.table(
    "event_setting",
    sa.column("event_id", sa.BigInteger),
    sa.column("feature", sa.String),
    sa.column("values", JSON),
)
SESSION = sa.table(
    "session",
    sa.column("event_id", sa.BigInteger),
    sa.column("code", sa.String),
    sa.column("is_mandatory", sa.Boolean),
)


def _key(table, column, target):
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}")
    )


def _index(table, *columns):
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f(f"ix_{table}_{'_'.join(columns)}"), list(columns), unique=False
        )


def upgrade() -> None:
    op.create_table(
        "attendance_correction",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("registration_id", NUMBER, nullable=False),
        sa.Column("session_id", NUMBER, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(250), nullable=False),
        sa.Column("made_by", sa.String(250), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by", sa.String(250), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "minutes >= 0", name=op.f("ck_attendance_correction_minutes_are_not_negative")
        ),
        _key("attendance_correction", "event_id", "event"),
        _key("attendance_correction", "registration_id", "registration"),
        _key("attendance_correction", "session_id", "session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance_correction")),
        sa.UniqueConstraint("ref", name=op.f("uq_attendance_correction_ref")),
        sqlite_autoincrement=True,
    )
    _index("attendance_correction", "event_id", "registration_id")
    _index("attendance_correction", "session_id")
    op.create_table(
        "score_import",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("file_id", NUMBER, nullable=True),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("started_by", sa.String(250), nullable=False),
        sa.Column("encoding", sa.String(40), nullable=False),
        sa.Column("columns", JSON, nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("counts", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        _key("score_import", "event_id", "event"),
        _key("score_import", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_import")),
        sa.UniqueConstraint("ref", name=op.f("uq_score_import_ref")),
        sqlite_autoincrement=True,
    )
    _index("score_import", "event_id")
    op.create_table(
        "imported_score",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("import_id", NUMBER, nullable=False),
        sa.Column("registration_id", NUMBER, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("before", sa.Double(), nullable=True),
        _key("imported_score", "event_id", "event"),
        _key("imported_score", "import_id", "score_import"),
        _key("imported_score", "registration_id", "registration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_score")),
        sqlite_autoincrement=True,
    )
    _index("imported_score", "event_id", "registration_id")
    _index("imported_score", "import_id")
    _say_mandatory_at_sessions()


def downgrade() -> None:
    bind = op.get_bind()
    codes = {}
    rows = sa.select(SESSION.c.event_id, SESSION.c.code).where(SESSION.c.is_mandatory)
    for event_id, code in bind.execute(rows):
        codes.setdefault(event_id, []).append(code)
    for event_id, values in _settings(bind):
        _write(bind, event_id, {**values, "mandatory": codes.get(event_id, [])})
    for table in ("imported_score", "score_import", "attendance_correction"):
        op.drop_table(table)


def _say_mandatory_at_sessions() -> None:
    bind = op.get_bind()
    for event_id, values in _settings(bind):
        if "mandatory" not in values:
            continue
        codes = values.pop("mandatory")
        these = (SESSION.c.event_id == event_id) & SESSION.c.code.in_(codes)
        bind.execute(sa.update(SESSION).where(these).values(is_mandatory=True))
        _write(bind, event_id, values)


def _settings(bind):
    rows = sa.select(SETTING.c.event_id, SETTING.c["values"])
    return bind.execute(rows.where(SETTING.c.feature == "attendance")).all()


def _write(bind, event_id, values):
    this = (SETTING.c.event_id == event_id) & (SETTING.c.feature == "attendance")
    bind.execute(sa.update(SETTING).where(this).values(values=values))
