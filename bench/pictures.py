"""Pictures hashed a second: Palermo's reduced decoding beside pdqhash at full size, in one run.

Real pictures are taken from ../shared/data where that is present, as they are and enlarged to
twelve megapixels; otherwise, and besides, pictures are drawn. `--json` prints figures for programs.
"""

import argparse
import io
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pdqhash
from PIL import Image, ImageDraw

from palermo.decode.decoder import Context
from palermo.decode.picture import Picture
from palermo.decode.pictures.container import describe, sniff
from palermo.decode.pictures.hash import look
from palermo.vocabulary import Event

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "images"
LARGE = (4000, 3000)
CONTEXT = Context(exhibit="x" + "0" * 32, name="picture")


class Figures(NamedTuple):
    pictures: str
    method: str
    number: int
    per_second: float  # wall
    milliseconds: float  # CPU, a picture
    bits: int | None  # the most that a hash lies from the one at full size, of 256


def full_size(raw: bytes) -> str:
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    return np.packbits(pdqhash.compute(np.asarray(image))[0].astype(np.uint8)).tobytes().hex()


def reduced(raw: bytes) -> str:
    kind = sniff(raw[:64])
    assert kind is not None
    source = io.BytesIO(raw)
    seen = look(source, describe(source, kind, len(raw)), 1)
    assert seen.hash is not None, seen.fault
    return seen.hash.pdq


def decoded(raw: bytes) -> str:
    event = next(iter(Picture().read(io.BytesIO(raw), CONTEXT)))
    assert isinstance(event, Event)
    return event.details["pdq"]


METHODS: dict[str, Callable[[bytes], str]] = {
    "pdqhash at full size": full_size,
    "Palermo, hash alone": reduced,
    "Palermo, whole decoder": decoded,
}


def draw(seed: int) -> Image.Image:
    dice = random.Random(seed)
    grid = np.random.default_rng(seed).integers(0, 256, (30, 40, 3), dtype=np.uint8)
    image = Image.fromarray(grid).resize(LARGE, Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(image)
    for _ in range(200):
        x, y, r = dice.randrange(LARGE[0]), dice.randrange(LARGE[1]), dice.randrange(20, 300)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(dice.choices(range(256), k=3)))
    return image


def save(image: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    image.save(out, form, quality=88)
    return out.getvalue()


def sets(number: int) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    real = [*sorted(SHARED.glob("pdq/*.jpg")), *sorted(SHARED.glob("exif/*.jpg"))]
    if real:
        found["real, as they are (JPEG)"] = [path.read_bytes() for path in real]
        images = [Image.open(path).convert("RGB").resize(LARGE) for path in real[:number]]
        found["real, enlarged to 12 MP (JPEG)"] = [save(image, "JPEG") for image in images]
    drawn = [draw(seed) for seed in range(number)]
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        found[f"drawn, 12 MP ({form})"] = [save(image, form) for image in drawn]
    return found


def measure(number: int) -> list[Figures]:
    rows = []
    for name, files in sets(number).items():
        wanted = [full_size(raw) for raw in files]
        for method, run in METHODS.items():
            run(files[0])  # warm
            wall, cpu = time.perf_counter(), time.process_time()
            hashes = [run(raw) for raw in files]
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            apart = [
                (int(a, 16) ^ int(b, 16)).bit_count() for a, b in zip(hashes, wanted, strict=True)
            ]
            rows.append(
                Figures(
                    pictures=name,
                    method=method,
                    number=len(files),
                    per_second=round(len(files) / wall, 1),
                    milliseconds=round(1000 * cpu / len(files), 1),
                    bits=max(apart),
                )
            )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    parser.add_argument("--number", type=int, default=4, help="pictures of each large set")
    options = parser.parse_args()
    rows = measure(options.number)
    if options.json:
        print(json.dumps([row._asdict() for row in rows], indent=1))
        return
    print("| pictures | method | number | a second | CPU ms each | bits moved, at most |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row) + " |")


if __name__ == "__main__":
    main()
