"""The pixels of a portrait, drawn finer than they are kept."""

from collections.abc import Sequence

from PIL import ImageDraw

WIDTH_PX, HEIGHT_PX = 413, 531
"""35 by 45 mm at 300 dots to the inch."""


FINE = 2  # drawn this much larger, then reduced, which smooths the edges


ZOOM = 1.14  # brings the head to the size that an official photo asks for


Colour = tuple[int, int, int]


Point = tuple[float, float]


class Pen:
    """Draws in pixels of the portrait on the finer picture."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def shape(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a polygon."""
        self._draw.polygon([_placed(point) for point in points], fill=colour)

    def oval(self, x: float, y: float, a: float, b: float, colour: Colour) -> None:
        """Fill an ellipse with this centre and these half-axes."""
        self._draw.ellipse((_placed((x - a, y - b)), _placed((x + a, y + b))), fill=colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw an open line with round ends."""
        self._draw.line(
            [_placed(point) for point in points],
            fill=colour,
            width=round(width * FINE * ZOOM),
            joint="curve",
        )
        for x, y in (points[0], points[-1]):
            self.oval(x, y, width / 2, width / 2, colour)


def _placed(point: Point) -> Point:
    """Return where a point of the portrait lies on the finer picture."""
    x, y = point
    middle = WIDTH_PX / 2
    return (middle + (x - middle) * ZOOM) * FINE, (256 + (y - 240) * ZOOM) * FINE


def shade(colour: Colour, by: float) -> Colour:
    """Return the colour darker (below 1) or lighter (above 1)."""
    if by <= 1:
        red, green, blue = (round(part * by) for part in colour)
    else:
        red, green, blue = (round(255 - (255 - part) / by) for part in colour)
    return red, green, blue


def curve(start: Point, control: Point, end: Point, steps: int = 16) -> list[Point]:
    """Return points of a quadratic curve."""
    points = []
    for i in range(steps + 1):
        t = i / steps
        points.append(
            (
                (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t**2 * end[0],
                (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t**2 * end[1],
            )
        )
    return points
