"""A drawn picture in each format, for tests of what takes pictures in."""

import io
from functools import cache

from palermo.simulate.pictures import draw


@cache
def picture_of(form: str, shot: int = 1, size: tuple[int, int] = (320, 240)) -> bytes:
    out = io.BytesIO()
    draw(77, shot).resize(size).save(out, form)
    return out.getvalue()
