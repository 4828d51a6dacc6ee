"""Lists of speakers: settings, requests, turns."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def _big(name: str, *, nullable: bool = False) -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=nullable)


def _text(name: str, length: int = 250) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> sa.Column[sa.DateTime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _yes(name: str, *, nullable: bool = False) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=nullable)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, *columns: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        name = batch_op.f(f"ix_{table}_{'_'.join(columns)}")
        batch_op.create_index(name, list(columns), unique=False)


def upgrade() -> None:
    json = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
    op.create_table(
        "speaker_list",
        _big("id"),
        _text("ref", 16),
        _big("event_id"),
        _big("session_id"),
        _number("limit_s"),
        _number("group_limit_s"),
        _number("turnover_s"),
        _number("warning_s"),
        _number("minutes", nullable=True),
        _text("ordering", 40),
        _yes("observers_apart"),
        _yes("shows_names"),
        _yes("is_open"),
        _yes("is_public"),
        _number("link_number"),
        _number("live"),
        sa.Column("acts", json, nullable=False),
        _number("version"),
        _time("created_at"),
        _key("speaker_list", "event_id", "event"),
        _key("speaker_list", "session_id", "session"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_list")),
        _unique("speaker_list", "session_id"),
        _unique("speaker_list", "ref"),
        sqlite_autoincrement=True,
    )
    _index("speaker_list", "event_id")
    op.create_table(
        "speaking_request",
        _big("id"),
        _text("ref", 16),
        _big("event_id"),
        _big("list_id"),
        _big("entity_id", nullable=True),
        _text("body"),
        _text("for_group"),
        _text("speaker"),
        _big("registration_id", nullable=True),
        _text("gender", 40),
        _text("language", 8),
        _big("rank_id", nullable=True),
        _number("block"),
        _number("tier"),
        _time("received_at"),
        _time("queued_at"),
        _number("place"),
        _text("state", 40),
        _yes("is_moved"),
        _text("reason"),
        _text("shifted", 40),
        _number("passed"),
        _number("version"),
        _time("created_at"),
        _key("speaking_request", "event_id", "event"),
        _key("speaking_request", "list_id", "speaker_list"),
        _key("speaking_request", "entity_id", "entity"),
        _key("speaking_request", "registration_id", "registration"),
        _key("speaking_request", "rank_id", "rank_level"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaking_request")),
        _unique("speaking_request", "ref"),
        sqlite_autoincrement=True,
    )
    _index("speaking_request", "event_id", "list_id")
    _index("speaking_request", "registration_id")
    op.create_table(
        "speaking_turn",
        _big("id"),
        _big("event_id"),
        _big("list_id"),
        _big("request_id"),
        _yes("is_running", nullable=True),
        _time("started_at"),
        _number("limit_s"),
        _number("extra_s"),
        _time("stopped_at", nullable=True),
        _number("stopped_ms"),
        _time("ended_at", nullable=True),
        _number("seconds"),
        _key("speaking_turn", "event_id", "event"),
        _key("speaking_turn", "list_id", "speaker_list"),
        _key("speaking_turn", "request_id", "speaking_request"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaking_turn")),
        _unique("speaking_turn", "list_id", "is_running"),
        sqlite_autoincrement=True,
    )
    _index("speaking_turn", "event_id", "list_id")


def downgrade() -> None:
    for table in ("speaking_turn", "speaking_request", "speaker_list"):
        op.drop_table(table)
