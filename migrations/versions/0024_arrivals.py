"""Arrivals: travel, vehicles, liaison officers, courtesies."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
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


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _index(table: str, column: str) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)


def upgrade() -> None:
    op.create_table(
        "vehicle",
        _big("id"),
        _text("ref", 16),
        _big("event_id"),
        _text("name"),
        _number("seats", nullable=True),
        _text("plate", 60),
        _text("driver"),
        _text("driver_phone", 60),
        _number("version"),
        _time("created_at"),
        _key("vehicle", "event_id", "event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        _unique("vehicle", "event_id", "name"),
        _unique("vehicle", "ref"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "liaison_officer",
        _big("id"),
        _text("ref", 16),
        _big("event_id"),
        _big("delegation_id"),
        _big("account_id"),
        _text("phone", 60),
        _time("told_at", nullable=True),
        _time("created_at"),
        _key("liaison_officer", "event_id", "event"),
        _key("liaison_officer", "delegation_id", "delegation"),
        _key("liaison_officer", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_officer")),
        _unique("liaison_officer", "delegation_id", "account_id"),
        _unique("liaison_officer", "ref"),
        sqlite_autoincrement=True,
    )
    _index("liaison_officer", "event_id")
    op.create_table(
        "travel_entry",
        _big("id"),
        _big("event_id"),
        _big("registration_id"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _big("vehicle_id", nullable=True),
        _big("officer_id", nullable=True),
        _number("version"),
        _time("changed_at"),
        _key("travel_entry", "event_id", "event"),
        _key("travel_entry", "registration_id", "registration"),
        _key("travel_entry", "vehicle_id", "vehicle"),
        _key("travel_entry", "officer_id", "liaison_officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_entry")),
        _unique("travel_entry", "registration_id"),
        sqlite_autoincrement=True,
    )
    _index("travel_entry", "event_id")
    op.create_table(
        "travel_news",
        _big("id"),
        _big("event_id"),
        _big("officer_id"),
        _big("registration_id"),
        _key("travel_news", "event_id", "event"),
        _key("travel_news", "officer_id", "liaison_officer"),
        _key("travel_news", "registration_id", "registration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_travel_news")),
        _unique("travel_news", "officer_id", "registration_id"),
        sqlite_autoincrement=True,
    )
    _index("travel_news", "event_id")
    _index("travel_news", "registration_id")
    op.create_table(
        "rank_courtesy",
        _big("id"),
        _big("event_id"),
        _big("rank_level_id"),
        _yes("lounge"),
        _text("car", 40),
        _yes("escort"),
        _text("room", 40),
        _number("version"),
        _key("rank_courtesy", "event_id", "event"),
        _key("rank_courtesy", "rank_level_id", "rank_level"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rank_courtesy")),
        _unique("rank_courtesy", "event_id", "rank_level_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "courtesy_exception",
        _big("id"),
        _big("event_id"),
        _big("registration_id"),
        _yes("lounge"),
        _text("car", 40),
        _yes("escort"),
        _text("room", 40),
        _text("note"),
        _number("version"),
        _key("courtesy_exception", "event_id", "event"),
        _key("courtesy_exception", "registration_id", "registration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courtesy_exception")),
        _unique("courtesy_exception", "registration_id"),
        sqlite_autoincrement=True,
    )
    _index("courtesy_exception", "event_id")


def downgrade() -> None:
    for table in (
        "courtesy_exception",
        "rank_courtesy",
        "travel_news",
        "travel_entry",
        "liaison_officer",
        "vehicle",
    ):
        op.drop_table(table)
