"""The words that people read for how rooms are set."""

from eventhub.i18n import lazy_gettext

LAYOUTS = {
    "theatre": lazy_gettext("Theatre: rows of chairs"),
    "classroom": lazy_gettext("Classroom: rows of tables"),
    "u_shape": lazy_gettext("Tables in a U"),
    "hollow_square": lazy_gettext("Hollow square"),
    "podium_rows": lazy_gettext("Podium and rows of tables"),
    "round_tables": lazy_gettext("Round tables"),
    "boardroom": lazy_gettext("One long table"),
    "facing_table": lazy_gettext("Two sides of one table"),
    "lab": lazy_gettext("Laboratory: a computer for each"),
    "reception": lazy_gettext("Standing, for receptions"),
}
