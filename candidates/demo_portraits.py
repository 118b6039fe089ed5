"""Drawn portraits for the demo: nobody's face, each a little different."""

import io
import random

from PIL import Image, ImageDraw

SIZE = (240, 336)
FRAME = (30, 35, 210, 287)  # the head takes two thirds of the height
SKIN = ("#f2cfb1", "#e9bf9b", "#dcae88", "#f5d9c1")
HAIR = ("#1c1a19", "#2b2320", "#3a2c25")
CLOTHES = ("#2f4a6d", "#3d5a46", "#6b3f3f", "#4b4b57", "#54617a")


def portrait(dice: random.Random, *, long_hair: bool) -> bytes:
    """A head and shoulders on white, as JPEG."""
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    skin, hair, cloth = dice.choice(SKIN), dice.choice(HAIR), dice.choice(CLOTHES)
    wide = dice.randint(-6, 6)
    if long_hair:
        draw.rounded_rectangle((62 - wide, 66, 178 + wide, 236), 50, fill=hair)
    draw.rounded_rectangle((22, 252, 218, 420), 70, fill=cloth)
    draw.rectangle((100, 214, 140, 268), fill=skin)
    draw.polygon(((92, 256), (148, 256), (120, 300)), fill="#f4f4f4")
    draw.ellipse((70 - wide, 80, 170 + wide, 226), fill=skin)
    draw.pieslice((64 - wide, 60, 176 + wide, 190), 180, 360, fill=hair)
    for x in (98, 142):
        draw.ellipse((x - 4, 148, x + 4, 156), fill="#2a2320")
    draw.arc((104, 176, 136, 200), 20, 160, fill="#9a5a4a", width=3)
    out = io.BytesIO()
    image = image.crop(FRAME)
    image.save(out, "JPEG", quality=85)
    return out.getvalue()
