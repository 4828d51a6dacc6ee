"""Portraits of persons who do not exist: flat drawings in the frame of an official photo.

No photo of a real person is used. What a portrait looks like follows from the person's id alone
(and from the gender given), never from the State or organization.
"""

import io

from PIL import Image, ImageDraw

from eventhub.rehearsals.portraits.canvas import FINE, HEIGHT_PX, WIDTH_PX, Pen
from eventhub.rehearsals.portraits.clothes import draw_clothes
from eventhub.rehearsals.portraits.face import draw_features, draw_glasses, draw_head, draw_neck
from eventhub.rehearsals.portraits.hair import draw_hair, draw_hair_behind
from eventhub.rehearsals.portraits.look import look_of


def portrait_of(person_id: str, gender: str) -> bytes:
    """Return the JPEG of a person's portrait, 413 by 531 pixels, the same each time."""
    look = look_of(person_id, gender)
    image = Image.new("RGB", (WIDTH_PX * FINE, HEIGHT_PX * FINE), look.ground)
    pen = Pen(ImageDraw.Draw(image))
    draw_hair_behind(pen, look)
    draw_neck(pen, look)
    draw_clothes(pen, look)
    draw_head(pen, look)
    draw_features(pen, look)
    draw_hair(pen, look)
    if look.glasses:
        draw_glasses(pen, look)
    out = io.BytesIO()
    image.reduce(FINE).save(out, "JPEG", quality=88, subsampling=0, dpi=(300, 300))
    return out.getvalue()
