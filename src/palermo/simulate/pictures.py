"""Draws abstract rooms and geometric scenes, and saves them as phones, sites and messengers do.

No picture shows a person. Copies for adverts lose their Exif data; a phone's own pictures keep it.
"""

import io
import random
from fractions import Fraction
from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageEnhance
from PIL.TiffImagePlugin import IFDRational

from palermo.simulate.intake import Evidence
from palermo.simulate.story import Shot, Story
from palermo.simulate.traffic import spot

SIZE = (1024, 768)
VARIANTS = (
    (640, 480, 85),
    (480, 360, 72),
    (800, 600, 80),
    (640, 480, 58),
)  # width, height, quality
GRAIN = 8  # levels of grey, either way
SUFFIXES = (".jpg",) * 8 + (".png", ".webp", ".avif")


@lru_cache(maxsize=16)
def draw(seed: int, shot: int) -> Image.Image:
    """Draw a shot: one half are rooms seen from a doorway, the other half are shapes."""
    rng = random.Random(f"palermo/{seed}/shot/{shot}")
    image = _ground(rng)
    brush = ImageDraw.Draw(image)
    if rng.random() < 0.5:
        _room(brush, rng)
    else:
        _shapes(brush, rng)
    return image


def _colour(rng: random.Random, low: int = 20, high: int = 240) -> tuple[int, int, int]:
    return rng.randint(low, high), rng.randint(low, high), rng.randint(low, high)


def _ground(rng: random.Random) -> Image.Image:
    """Return a soft gradient with a little grain."""
    corners = Image.new("RGB", (2, 2))
    corners.putdata([_colour(rng) for _ in range(4)])
    image = corners.resize(SIZE, Image.Resampling.BILINEAR)
    grain = ImageChops.offset(_grain(), rng.randrange(SIZE[0]), rng.randrange(SIZE[1]))
    return ImageChops.add(image, grain, 1, -GRAIN)


@cache
def _grain() -> Image.Image:
    noise = np.random.default_rng(1).integers(0, 2 * GRAIN, (SIZE[1], SIZE[0], 1), dtype=np.uint8)
    return Image.fromarray(np.repeat(noise, 3, axis=2), "RGB")


def _room(brush: ImageDraw.ImageDraw, rng: random.Random) -> None:
    width, height = SIZE
    left, right = rng.randint(120, 340), rng.randint(660, 900)
    top, bottom = rng.randint(80, 200), rng.randint(460, 600)
    wall, floor = _colour(rng, 110), _colour(rng, 40, 170)
    brush.polygon([(0, height), (left, bottom), (right, bottom), (width, height)], fill=floor)
    brush.rectangle([left, top, right, bottom], fill=wall)
    brush.polygon([(0, 0), (left, top), (left, bottom), (0, height)], fill=_colour(rng, 90))
    for _ in range(rng.randint(1, 3)):  # windows or pictures on the wall
        x, y = rng.randint(left, right - 80), rng.randint(top, bottom - 120)
        w, h = rng.randint(50, 180), rng.randint(50, 150)
        brush.rectangle([x, y, x + w, y + h], fill=_colour(rng, 60), outline=_colour(rng), width=6)
        brush.line([x + w // 2, y, x + w // 2, y + h], fill=_colour(rng), width=4)
    for _ in range(rng.randint(2, 5)):  # furniture
        x, y = rng.randint(40, width - 300), rng.randint(bottom - 120, height - 160)
        w, h = rng.randint(90, 320), rng.randint(50, 150)
        brush.rectangle([x, y, x + w, y + h], fill=_colour(rng), outline=(20, 20, 20), width=3)
        brush.line([x + 10, y + h, x + 10, y + h + 40], fill=(30, 30, 30), width=8)
        brush.line([x + w - 10, y + h, x + w - 10, y + h + 40], fill=(30, 30, 30), width=8)
    x, y, r = rng.randint(left, right), rng.randint(20, 140), rng.randint(20, 60)
    brush.ellipse([x - r, y - r, x + r, y + r], fill=_colour(rng, 180, 255))


def _shapes(brush: ImageDraw.ImageDraw, rng: random.Random) -> None:
    width, height = SIZE
    for _ in range(rng.randint(9, 18)):
        x, y = rng.randint(0, width), rng.randint(0, height)
        w, h = rng.randint(60, 380), rng.randint(60, 320)
        kind = rng.randrange(4)
        if kind == 0:
            brush.ellipse([x - w // 2, y - h // 2, x + w // 2, y + h // 2], fill=_colour(rng))
        elif kind == 1:
            brush.rectangle([x - w // 2, y - h // 2, x + w // 2, y + h // 2], fill=_colour(rng))
        elif kind == 2:
            points = [(x + rng.randint(-w, w), y + rng.randint(-h, h)) for _ in range(3)]
            brush.polygon(points, fill=_colour(rng))
        else:
            brush.line([x, y, x + w, y + h], fill=_colour(rng), width=rng.randint(6, 40))


@lru_cache(maxsize=64)  # the site's own pictures are in many files
def shown(seed: int, shot: Shot, variant: int) -> bytes:
    """Return a shot as a site shows it: resized, saved again, without Exif."""
    width, height, quality = VARIANTS[variant]
    image = draw(seed, shot.id).resize((width, height), Image.Resampling.BILINEAR)
    if variant == 3:
        image = ImageEnhance.Brightness(image).enhance(1.08)
    return _save(image, "JPEG", quality=quality)


def sent(seed: int, shot: Shot) -> bytes:
    """Return a shot as a messenger passes it on."""
    return _save(draw(seed, shot.id).resize((800, 600)), "JPEG", quality=62)


def _save(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def exif(story: Story, shot: Shot) -> Image.Exif:
    """Return the Exif data of a phone's own picture: device, time with its offset, position."""
    assert shot.device is not None
    make, model, serial = shot.device
    local = shot.taken.astimezone(shot.place.tz)
    lat, lon = spot(shot.place, f"shot/{shot.id}", 2000, story)
    data = Image.Exif()
    data[0x010F], data[0x0110], data[0x0131] = make, model, "1.0"
    stamp = local.strftime("%Y:%m:%d %H:%M:%S")
    data[0x0132] = stamp
    inner = data.get_ifd(0x8769)
    inner[0x9003], inner[0x9004] = stamp, stamp
    if shot.id % 3:
        inner[0x9011] = local.strftime("%z")[:3] + ":" + local.strftime("%z")[3:]
    inner[0xA431] = serial
    gps = data.get_ifd(0x8825)
    gps[1], gps[2] = "N" if lat >= 0 else "S", _degrees(abs(lat))
    gps[3], gps[4] = "E" if lon >= 0 else "W", _degrees(abs(lon))
    gps[7] = tuple(
        IFDRational(part) for part in (shot.taken.hour, shot.taken.minute, shot.taken.second)
    )
    gps[29] = shot.taken.strftime("%Y:%m:%d")
    return data


def _degrees(value: float) -> tuple[IFDRational, ...]:
    """Return degrees, minutes and seconds to a thousandth."""
    thousandths = round(value * 3_600_000)
    return (
        IFDRational(thousandths // 3_600_000),
        IFDRational(thousandths // 60_000 % 60),
        IFDRational(Fraction(thousandths % 60_000, 1000)),
    )


def photograph(story: Story, shot: Shot, suffix: str) -> bytes:
    image = draw(story.seed, shot.id)
    form = {".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".avif": "AVIF"}[suffix]
    if suffix in (".png", ".avif"):  # these take longest to write
        image = image.resize((640, 480) if suffix == ".png" else (480, 360))
    options: dict[str, object] = {"exif": exif(story, shot).tobytes()}
    if suffix != ".png":
        options["quality"] = 88
    return _save(image, form, **options)


def write_albums(evidence: Evidence) -> None:
    """Write each phone's pictures; one in ten is there twice, saved again by another program."""
    story = evidence.story
    for number, album in enumerate(a for a in story.albums if a.shots):
        rng = story.stream(f"album/{album.holder}")
        folder = f"pictures/phone-{number + 1:02d}"
        for shot in album.shots:
            assert shot.device is not None
            suffix = rng.choice(SUFFIXES)
            name = f"{folder}/IMG_{shot.taken:%Y%m%d}_{shot.id:04d}"
            evidence.write(name + suffix, photograph(story, shot, suffix))
            evidence.bears("device:exif:" + ":".join(shot.device), shot.device[2], name + suffix)
            if rng.random() < 0.1:
                again = shown(story.seed, shot, rng.randrange(4))
                evidence.write(f"{name}_edited.jpg", again)
        evidence.state(f"{folder}/*", holder=album.holder, zone=album.shots[0].place.zone)
