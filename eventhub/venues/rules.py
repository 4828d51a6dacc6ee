"""What holds for rooms."""

LAYOUTS = (
    "theatre",
    "classroom",
    "u_shape",
    "hollow_square",
    "podium_rows",
    "round_tables",
    "boardroom",
    "facing_table",
    "lab",
    "reception",
)
"""How a room is set; its capacity was counted for that."""

LARGEST_ROOM = 100_000
