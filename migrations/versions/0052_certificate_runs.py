"""Who signs certificates has a row; runs that make them; certificates of speakers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
SETTING = sa.table(
    "event_setting",
    sa.column("event_id", sa.BigInteger),
    sa.column("feature", sa.String),
    sa.column("values", JSON),
)
SIGNATORY = sa.table(
    "certificate_signatory",
    *(sa.column(name) for name in ("event_id", "place", "permitted_by", "recorded_by", "version")),
    sa.column("names", JSON),
    sa.column("titles", JSON),
)
TITLE_LANGUAGE = "en"
THIS = SETTING.c.feature == "certificates"


def upgrade() -> None:
    op.create_table(
        "certificate_signatory",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("names", JSON, nullable=False),
        sa.Column("titles", JSON, nullable=False),
        sa.Column("file_id", NUMBER, nullable=True),
        sa.Column("permitted_by", sa.String(250), nullable=False),
        sa.Column("permitted_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.String(250), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _key("certificate_signatory", "event_id", "event"),
        _key("certificate_signatory", "file_id", "stored_file"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_signatory")),
        sa.UniqueConstraint(
            "event_id", "place", name=op.f("uq_certificate_signatory_event_id_place")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "certificate_run",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("ref", sa.String(16), nullable=False),
        sa.Column("event_id", NUMBER, nullable=False),
        sa.Column("what", JSON, nullable=False),
        sa.Column("tells", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("job_id", NUMBER, nullable=True),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("started_by", NUMBER, nullable=True),
        sa.Column("started_label", sa.String(250), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _key("certificate_run", "event_id", "event"),
        _key("certificate_run", "job_id", "job"),
        _key("certificate_run", "started_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_run")),
        sa.UniqueConstraint("ref", name=op.f("uq_certificate_run_ref")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_certificate_run_event_id_id"), "certificate_run", ["event_id", "id"])
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("speaker_id", NUMBER, nullable=True))
        batch_op.add_column(sa.Column("run_id", NUMBER, nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_speaker_id"), "speaker", ["speaker_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_run_id"), "certificate_run", ["run_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_certificate_run_id"), ["run_id"], unique=False)
    _give_rows_to_signatories()


def downgrade() -> None:
    _put_signatories_back()
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_run_id"))
        batch_op.drop_constraint(batch_op.f("fk_certificate_run_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_certificate_speaker_id"), type_="foreignkey")
        batch_op.drop_column("run_id")
        batch_op.drop_column("speaker_id")
    op.drop_table("certificate_run")
    op.drop_table("certificate_signatory")


def _key(table, column, other):
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}"))


def _give_rows_to_signatories():
    bind = op.get_bind()
    for event_id, values in bind.execute(
        sa.select(SETTING.c.event_id, SETTING.c["values"]).where(THIS)
    ).all():
        rows = [
            {"event_id": event_id, "place": place, "names": {TITLE_LANGUAGE: name},
             "titles": {TITLE_LANGUAGE: title} if title else {}, "permitted_by": "",
             "recorded_by": "", "version": 1}
            for place, (name, title) in enumerate(values.get("signatories") or [], start=1)
        ]  # fmt: skip
        if rows:
            bind.execute(sa.insert(SIGNATORY), rows)
        _write(bind, event_id, {n: v for n, v in values.items() if n != "signatories"})


def _put_signatories_back():
    bind = op.get_bind()
    found = {}
    query = sa.select(SIGNATORY.c.event_id, SIGNATORY.c.names, SIGNATORY.c.titles)
    for event_id, names, titles in bind.execute(query.order_by(SIGNATORY.c.place)).all():
        pair = [next(iter(names.values()), ""), next(iter(titles.values()), "")]
        found.setdefault(event_id, []).append(pair)
    for event_id, values in bind.execute(
        sa.select(SETTING.c.event_id, SETTING.c["values"]).where(THIS)
    ).all():
        if event_id in found:
            _write(bind, event_id, {**values, "signatories": found[event_id]})


def _write(bind, event_id, values):
    this = THIS & (SETTING.c.event_id == event_id)
    bind.execute(sa.update(SETTING).where(this).values(values=values))
