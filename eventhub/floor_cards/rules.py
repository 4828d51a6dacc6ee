"""What a door answers to a floor card. Pure."""

ENTER, STOP, DESK = "enter", "stop", "desk"


def answer(
    state: str, *, is_its_session: bool, is_inside: bool, leaves: bool, is_expired: bool = False
) -> tuple[str, str]:
    """Return (enter, stop or desk) and the reason; who leaves always may."""
    refusals = (
        (state == "void", STOP, "void"),
        (is_expired, STOP, "expired"),
        (leaves, ENTER, ""),
        (not is_its_session, STOP, "other_session"),
        (state != "handed", DESK, "not_handed"),
        (is_inside, STOP, "used_elsewhere"),
    )
    return next(((said, why) for is_so, said, why in refusals if is_so), (ENTER, ""))
