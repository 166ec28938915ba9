"""Pictures for tests, by hand: scenes of shapes, files that carry much metadata, and hostile ones."""

import io
import random
import struct
import zlib

from PIL import Image, ImageDraw, PngImagePlugin
from PIL.ExifTags import IFD

SECRET = "Camera of Mara Quill"


def scene(width: int = 640, height: int = 480, seed: int = 1) -> Image.Image:
    """Shapes on a ground; the upper left quarter is red, so that turns are seen."""
    dice = random.Random(seed)
    image = Image.new("RGB", (width, height), (200, 200, 210))
    pen = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = dice.randrange(width), dice.randrange(height)
        r = max(1, dice.randrange(max(2, width // 8)))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(dice.choices(range(256), k=3)))
    pen.rectangle((0, 0, width // 2, height // 2), fill=(230, 20, 20))
    return image


def save(image: Image.Image, form: str = "JPEG", **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def tags(orientation: int = 1) -> Image.Exif:
    found = Image.Exif()
    found[0x010F], found[0x0110], found[0x0112] = "Example", SECRET, orientation
    found.get_ifd(IFD.Exif)[0xA431] = "SN-000123"
    found.get_ifd(IFD.GPSInfo).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)})
    return found


def photograph(seed: int = 1, orientation: int = 1) -> bytes:
    """A JPEG as a telephone makes it: Exif with a position, a comment, and bytes behind its end."""
    how = {"quality": 95, "exif": tags(orientation), "comment": SECRET.encode()}
    return save(scene(seed=seed), **how) + SECRET.encode()


def told_png(image: Image.Image) -> bytes:
    """A PNG with a comment and Exif."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET)
    return save(image, "PNG", pnginfo=info, exif=tags())


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that says it has billions of pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        whole = kind + body
        return struct.pack(">L", len(body)) + whole + struct.pack(">L", zlib.crc32(whole))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
