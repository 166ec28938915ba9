"""Makes what a browser may show of a picture: too coarse to make anything out, or clear.

What comes out is drawn anew from pixels: no metadata, no colour profile, no bytes of the original.
"""

import io
from typing import BinaryIO, NamedTuple

from PIL import Image

from palermo.decode.pictures.container import Container, describe, sniff
from palermo.decode.pictures.exif import read_exif
from palermo.decode.pictures.hash import opened, rgb, too_large, turned, undecodable

CLEAR = 1600  # pixels of the longer side
# Faces are known from 16 x 16 blocks of grey once these are smoothed, as a browser does (L. D. Harmon
# and B. Julesz, Science 180, 1973): half of that a side, in few greys, is a hint of light and dark.
COARSE = 8
GREYS = 8
_QUALITY = 85
_ORIENTATION = ("Image", 0x0112)


class Drawn(NamedTuple):
    """A picture of ours: its bytes, and their media type."""

    content: bytes
    media_type: str


class CannotBeShownError(ValueError):
    """Says why a file's picture cannot be shown."""


def draw(source: BinaryIO, size: int, clear: bool) -> Drawn:
    """Decode a picture file of `size` bytes and draw it anew; raise `CannotBeShownError`."""
    source.seek(0)
    kind = sniff(source.read(64))
    if kind is None:
        raise CannotBeShownError("the file does not start as a picture of a known format does")
    container = describe(source, kind, size)
    try:
        image = _decoded(source, container, CLEAR if clear else COARSE)
    except CannotBeShownError:
        raise
    except Exception as error:  # codecs raise anything on damaged bytes
        raise CannotBeShownError(undecodable(error)) from error
    image = turned(image, container, _orientation(source, container))
    return _clear(image) if clear else _coarse(image)


def _decoded(source: BinaryIO, container: Container, side: int) -> Image.Image:
    """Return the picture in RGB, its longer side no longer than `side`, on white where it is not
    opaque."""
    image = opened(source, container)
    if fault := too_large(image, container):
        raise CannotBeShownError(fault)
    if container.format == "JPEG":
        image.draft("RGB", (side, side))  # to no less than that, in less memory
    image.load()
    if not image.has_transparency_data:
        image = rgb(image)
        image.thumbnail((side, side))
        return image
    image = image.convert("RGBA")
    image.thumbnail((side, side))
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _orientation(source: BinaryIO, container: Container) -> int:
    tag = read_exif(source, *container.exif).get(*_ORIENTATION) if container.exif else None
    return int(tag.numbers[0]) if tag and tag.numbers else 1


def _clear(image: Image.Image) -> Drawn:
    return _saved(image, "JPEG", quality=_QUALITY)


def _coarse(image: Image.Image) -> Drawn:
    grey = image.convert("L")
    grey.thumbnail((COARSE, COARSE))
    step = 256 // GREYS
    return _saved(grey.point(lambda level: level // step * step + step // 2), "PNG")


def _saved(image: Image.Image, form: str, **options: int) -> Drawn:
    """Save the pixels alone: what the image still carries of its file stays behind."""
    out = io.BytesIO()
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    bare.save(out, form, **options)
    return Drawn(out.getvalue(), f"image/{form.lower()}")
