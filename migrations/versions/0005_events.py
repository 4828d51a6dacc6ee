"""Events and what is set up for each."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column(
            "institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_series_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("ref", name=op.f("uq_series_ref")),
        sa.UniqueConstraint("slug", name=op.f("uq_series_slug")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("preset", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column(
            "institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("series_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("summary", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("notice", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("cities", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "country_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("venue_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("venue_names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("online_url", sa.String(length=500), nullable=True),
        sa.Column("languages", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "working_languages", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False
        ),
        sa.Column("interpretation", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("contact_email", sa.String(length=320), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("registration_opens", sa.DateTime(), nullable=True),
        sa.Column("registration_closes", sa.DateTime(), nullable=False),
        sa.Column("registration_closes_fold", sa.Integer(), nullable=False),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accent", sa.String(length=40), nullable=False),
        sa.Column("switches", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("touched", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column(
            "rehearsal_of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("calendar_sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["country_id"], ["entity.id"], name=op.f("fk_event_country_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_event_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["rehearsal_of_id"], ["event.id"], name=op.f("fk_event_rehearsal_of_id")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_event_series_id")),
        sa.ForeignKeyConstraint(["venue_id"], ["venue.id"], name=op.f("fk_event_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("ref", name=op.f("uq_event_ref")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_institution_id_starts_on"),
            ["institution_id", "starts_on"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_event_series_id"), ["series_id"], unique=False)

    op.create_table(
        "category",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=False),
        sa.Column("mark", sa.String(length=2), nullable=False),
        sa.Column("zones", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("vouched_by", sa.String(length=40), nullable=False),
        sa.Column("approver", sa.String(length=40), nullable=False),
        sa.Column("needs_letter", sa.Boolean(), nullable=False),
        sa.Column("photo_waived", sa.Boolean(), nullable=False),
        sa.Column("counts_as_participant", sa.Boolean(), nullable=False),
        sa.Column("in_list_of_participants", sa.Boolean(), nullable=False),
        sa.Column("default_quota", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_category_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_category_event_id_code")),
        sa.UniqueConstraint("ref", name=op.f("uq_category_ref")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event_note",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=250), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_note_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_note")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_event_note_event_id_id"), ["event_id", "id"], unique=False
        )

    op.create_table(
        "event_room",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "venue_room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("layout", sa.String(length=40), nullable=False),
        sa.Column("booths", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("zone_code", sa.String(length=10), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_room_event_id")),
        sa.ForeignKeyConstraint(
            ["venue_room_id"], ["venue_room.id"], name=op.f("fk_event_room_venue_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_room")),
        sa.UniqueConstraint("ref", name=op.f("uq_event_room_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("event_room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_room_event_id"), ["event_id"], unique=False)

    op.create_table(
        "event_setting",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("feature", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_setting_event_id")),
        sa.PrimaryKeyConstraint("event_id", "feature", name=op.f("pk_event_setting")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "event_zone",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_zone_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_zone")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_event_zone_event_id_code")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "host",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "institution_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("entity_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("names", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], name=op.f("fk_host_entity_id")),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_host_event_id")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_host_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host")),
        sa.UniqueConstraint("ref", name=op.f("uq_host_ref")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_host_event_id"), ["event_id"], unique=False)

    op.create_table(
        "info_page",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ref", sa.String(length=16), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("titles", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("bodies", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_info_page_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_info_page")),
        sa.UniqueConstraint("event_id", "slug", name=op.f("uq_info_page_event_id_slug")),
        sa.UniqueConstraint("ref", name=op.f("uq_info_page_ref")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "old_slug",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_old_slug_event_id")),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_old_slug")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("old_slug")
    op.drop_table("info_page")
    with op.batch_alter_table("host", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_host_event_id"))

    op.drop_table("host")
    op.drop_table("event_zone")
    op.drop_table("event_setting")
    with op.batch_alter_table("event_room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_room_event_id"))

    op.drop_table("event_room")
    with op.batch_alter_table("event_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_note_event_id_id"))

    op.drop_table("event_note")
    op.drop_table("category")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_series_id"))
        batch_op.drop_index(batch_op.f("ix_event_institution_id_starts_on"))

    op.drop_table("event")
    op.drop_table("series")
