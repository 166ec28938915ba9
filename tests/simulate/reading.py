"""Reads evidence with nothing of the project: plain text of every file, as a person could see it."""

import gzip
import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pyais
from openpyxl import load_workbook
from PIL import Image
from warcio.archiveiterator import ArchiveIterator

TAG = re.compile(r"</?b>")
PICTURES = (".jpg", ".png", ".webp", ".avif")


def charset(media: str) -> str:
    return media.split("charset=")[1] if "charset=" in media else "utf-8"


def responses(file: Path) -> Iterator[tuple[str, str, bytes, str]]:
    """Return address, media type, body and time of every response in a WARC file."""
    with file.open("rb") as source:
        for record in ArchiveIterator(source):
            if record.rec_type == "response":
                media = record.http_headers.get_header("Content-Type")
                address = record.rec_headers.get_header("WARC-Target-URI")
                yield (
                    address,
                    media,
                    record.content_stream().read(),
                    record.rec_headers.get_header("WARC-Date"),
                )


def seen(body: bytes, media: str) -> str:
    return html.unescape(TAG.sub("", body.decode(charset(media))))


def text_of(file: Path) -> str:
    """Return the text of a file of any of the formats."""
    if file.suffix == ".xlsx":
        sheets = load_workbook(io.BytesIO(file.read_bytes()), read_only=True).worksheets
        return "\n".join(
            " ".join(map(str, row)) for s in sheets for row in s.iter_rows(values_only=True)
        )
    if file.suffix == ".zip":
        with zipfile.ZipFile(file) as archive:
            return "\n".join(
                archive.read(n).decode() for n in archive.namelist() if n.endswith(".txt")
            )
    if file.suffix == ".nmea":
        lines = [line.rsplit(b"\\", 1)[1] for line in file.read_bytes().split(b"\r\n") if line]
        return "\n".join(str(pyais.decode(line).mmsi) for line in lines)
    if file.suffix in PICTURES:
        return str(Image.open(file).getexif().get_ifd(0x8769).get(0xA431, ""))
    if file.suffix in (".warc", ".gz"):
        return "\n".join(seen(b, m) for _, m, b, _ in responses(file) if m.startswith("text"))
    data = file.read_bytes()
    if file.suffix == ".html":
        match = re.search(rb"charset=[\"']?([\w-]+)", data)
        return seen(data, f"charset={match[1].decode()}" if match else "")
    if file.suffix == ".sta":
        return data.decode().replace("\r\n", "")
    return data.decode("utf-8", "replace")


def plain(file: Path) -> bytes:
    """Return a file's bytes, unpacked where it is gzipped."""
    data = file.read_bytes()
    return gzip.decompress(data) if file.suffix == ".gz" else data
