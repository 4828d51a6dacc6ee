"""What the head of a JPEG says, without decoding it (ISO/IEC 10918-1, annex B)."""

_SCAN = 0xDA
_ROOM_AFTER_END = 64  # some cameras fill the last block
_BASELINE_TO_PROGRESSIVE = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_APP1, _APP14 = 0xE1, 0xEE
_MODES = {1: "L", 3: "RGB"}


def plain_jpeg(data: bytes) -> tuple[int, int, str] | None:
    """Return width, height and mode of a JPEG that a PDF can hold as it is.

    The mode is RGB or L (grey). None for everything else: for other formats, four colours, a
    picture that Exif may want to see turned, a file that is torn.
    """
    if data[:2] != b"\xff\xd8" or data.rfind(b"\xff\xd9") < len(data) - _ROOM_AFTER_END:
        return None
    frame, at = None, 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return frame
        if marker in (_APP1, _APP14) or marker in _OTHER_FRAMES or length < 2:
            return None
        if marker in _BASELINE_TO_PROGRESSIVE:
            frame = _frame(data[at + 4 : at + 2 + length])
        at += 2 + length
    return None


def _frame(head: bytes) -> tuple[int, int, str] | None:
    if len(head) < 6 or head[0] != 8 or head[5] not in _MODES:
        return None
    height, width = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big")
    return (width, height, _MODES[head[5]]) if width and height else None
