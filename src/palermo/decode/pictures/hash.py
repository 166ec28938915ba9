"""Opens pictures of hostile origin within bounds, and hashes what they show (PDQ)."""

import warnings
from typing import BinaryIO, NamedTuple

import numpy as np
import pdqhash
import pi_heif
from PIL import Image, ImageOps

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
    bits, quality = pdqhash.compute(np.asarray(_rgb(image)))
    return np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality)


def look(source: BinaryIO, container: Container, orientation: int) -> Seen:
    """Decode the picture, reduced where that saves work, and hash it; or say why not."""
    size = container.size
    frames = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            source.seek(0)
            # not Image.open: its limit on size raises before telling how large the picture is
            image = Image.OPEN[container.format][0](source, "")
            size = image.size
            frames = int(getattr(image, "n_frames", 1))
            most = _MOST_JPEG if _reducible(container) else _MOST
            if size[0] * size[1] > most:
                fault = f"{size[0]} x {size[1]} pixels are more than the {most:,} that are decoded"
                return Seen(size, frames, None, fault)
            return Seen(size, frames, _hash(image, container, orientation), None)
        except Exception as error:  # codecs raise anything on damaged bytes
            return Seen(size, frames, None, f"cannot be decoded: {_words(error)}")


def _hash(image: Image.Image, container: Container, orientation: int) -> Hash:
    if container.format == "JPEG":
        image.draft("RGB", (ENOUGH, ENOUGH))
    image.load()
    factor = min(image.size) // ENOUGH
    if factor > 1 and not _reducible(container):
        image = _rgb(image).reduce(factor)
    value, quality = pdq(image)
    upright = None
    # HEIF and AVIF are turned by their codec, before the pixels come out
    if orientation in range(2, 9) and container.format not in ("HEIF", "AVIF"):
        turned = _rgb(image)
        turned.getexif()[0x0112] = orientation
        upright = pdq(ImageOps.exif_transpose(turned))[0]
    return Hash(value, quality, upright)


def _reducible(container: Container) -> bool:
    return container.format == "JPEG" and not container.progressive


def _rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # Pillow would clip, not scale
        deep = np.asarray(image)
        return Image.fromarray((deep >> 8).astype(np.uint8)).convert("RGB")
    return image if image.mode == "RGB" else image.convert("RGB")


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:200].rstrip(": ")
