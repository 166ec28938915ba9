"""Opens pictures of hostile origin within bounds, and hashes what they show (PDQ)."""

import warnings
from typing import BinaryIO, NamedTuple

import numpy as np
import pi_heif
from PIL import Image

from palermo.decode.pictures import pdq as hashing
from palermo.decode.pictures.container import Container

Image.preinit()
Image.init()
# It reads, and cannot write: the package that also writes carries an encoder under the GPL.
pi_heif.register_heif_opener()

# PDQ looks at 64 x 64 cells. Decoding a JPEG at half, a quarter or an eighth, to no less than this
# many pixels a side, moves its hash by a few of 256 bits; a match allows 31.
ENOUGH = 512
# What may be held in memory: pixels of the picture as stored. A JPEG that is not progressive is
# reduced while it is decoded.
_MOST = 100_000_000
_MOST_JPEG = 1_000_000_000
# Turned by their codec, before the pixels come out.
_TURNED = ("HEIF", "AVIF")
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Hash(NamedTuple):
    """Of the pixels as stored, and of the picture as a viewer turns it where that differs."""

    pdq: str
    quality: int  # 0 to 100; below 50 PDQ's authors advise against matching
    upright: str | None


class Seen(NamedTuple):
    size: tuple[int, int] | None
    frames: int
    hash: Hash | None
    fault: str | None


def pdq(image: Image.Image) -> tuple[str, int]:
    """Return the PDQ hash of an image at the size it has, as 64 hex digits, and its quality."""
    value, quality = hashing.compute(np.asarray(rgb(image)))
    return value.hex(), quality


def look(source: BinaryIO, container: Container, orientation: int) -> Seen:
    """Decode the picture, reduced where that saves work, and hash it; or say why not."""
    size = container.size
    frames = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = opened(source, container)
            size = image.size
            frames = int(getattr(image, "n_frames", 1))
            if fault := too_large(image, container):
                return Seen(size, frames, None, fault)
            return Seen(size, frames, _hash(image, container, orientation), None)
        except Exception as error:  # codecs raise anything on damaged bytes
            return Seen(size, frames, None, undecodable(error))


def opened(source: BinaryIO, container: Container) -> Image.Image:
    """Return the picture before its pixels are decoded: ask `too_large` first."""
    source.seek(0)
    # not Image.open: its limit on size raises before telling how large the picture is
    return Image.OPEN[container.format][0](source, "")


def too_large(image: Image.Image, container: Container) -> str | None:
    """Return why a picture's pixels may not be decoded, if they may not."""
    most = _MOST_JPEG if _reducible(container) else _MOST
    width, height = image.size
    if width * height <= most:
        return None
    return f"{width} x {height} pixels are more than the {most:,} that are decoded"


def _hash(image: Image.Image, container: Container, orientation: int) -> Hash:
    if container.format == "JPEG":
        image.draft("RGB", (ENOUGH, ENOUGH))
    image.load()
    factor = min(image.size) // ENOUGH
    if factor > 1 and not _reducible(container):
        image = rgb(image).reduce(factor)
    value, quality = pdq(image)
    upright = None
    if orientation in _TURNS and container.format not in _TURNED:
        upright = pdq(turned(rgb(image), container, orientation))[0]
    return Hash(value, quality, upright)


def turned(image: Image.Image, container: Container, orientation: int) -> Image.Image:
    """Return an image as a viewer turns it, by its Exif orientation (1 to 8; others are none)."""
    if container.format in _TURNED or orientation not in _TURNS:
        return image
    return image.transpose(_TURNS[orientation])


def _reducible(container: Container) -> bool:
    return container.format == "JPEG" and not container.progressive


def rgb(image: Image.Image) -> Image.Image:
    """Return an image in eight bits a colour, without its transparency."""
    if image.mode.startswith("I;16"):  # Pillow would clip, not scale
        deep = np.asarray(image)
        return Image.fromarray((deep >> 8).astype(np.uint8)).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def undecodable(error: Exception) -> str:
    words = f"{type(error).__name__}: {error}".replace("\n", " ")[:200].rstrip(": ")
    return f"cannot be decoded: {words}"
