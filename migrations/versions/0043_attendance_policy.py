"""What attendance takes is a setting of its own, apart from what certificates look like."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

SETTING = sa.table(
    "event_setting",
    sa.column("event_id", sa.BigInteger),
    sa.column("feature", sa.String),
    sa.column("values", sa.JSON().with_variant(JSONB(), "postgresql")),
)
DESIGN = frozenset({"languages", "signatories"})


def upgrade() -> None:
    _move(lambda name: name not in DESIGN, "certificates", "attendance")


def downgrade() -> None:
    bind = op.get_bind()
    kept = _kept(bind, "certificates")
    for event_id, values in _kept(bind, "attendance").items():
        _write(bind, event_id, "certificates", {**kept.get(event_id, {}), **values},
               is_new=event_id not in kept)  # fmt: skip
    bind.execute(sa.delete(SETTING).where(SETTING.c.feature == "attendance"))


def _move(goes, source, target):
    bind = op.get_bind()
    for event_id, values in _kept(bind, source).items():
        moved = {name: value for name, value in values.items() if goes(name)}
        if moved:
            stays = {name: value for name, value in values.items() if name not in moved}
            _write(bind, event_id, target, moved, is_new=True)
            _write(bind, event_id, source, stays, is_new=False)


def _kept(bind, feature):
    rows = sa.select(SETTING.c.event_id, SETTING.c["values"]).where(SETTING.c.feature == feature)
    return dict(tuple(row) for row in bind.execute(rows))


def _write(bind, event_id, feature, values, *, is_new):
    if is_new:
        bind.execute(
            sa.insert(SETTING).values(event_id=event_id, feature=feature, values=values)
        )
        return
    this = (SETTING.c.event_id == event_id) & (SETTING.c.feature == feature)
    bind.execute(sa.update(SETTING).where(this).values(values=values))
