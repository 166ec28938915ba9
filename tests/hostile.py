"""Small files made to exhaust whoever reads them, for every decoder: `make(folder)` writes them."""

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli

MB = 1 << 20
WIDE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
GPX = b'<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
POINT = b'<trkpt lat="51.5" lon="-0.1"><time>2026-03-01T10:00:00Z</time>'
STATEMENT = b":20:START\r\n:25:GB33BUKB20201555555555\r\n:28C:1/1\r\n:60F:C260301EUR100,00\r\n"


def record(body: bytes, coding: str = "", media: str = "text/html", url: str = "a") -> bytes:
    """Return a WARC record of an HTTP response with `body` as sent."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {media}; charset=utf-8\r\n"
    head += f"Content-Encoding: {coding}\r\n\r\n" if coding else "\r\n"
    block = head.encode() + body
    lead = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-03-02T09:00:00Z\r\n"
        f"WARC-Target-URI: https://ads.example.org/{url}\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return lead.encode() + block + b"\r\n\r\n"


def page(body: bytes) -> bytes:
    return b"<html><head><title>T</title></head><body>" + body + b"</body></html>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = f"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{main}.sharedStrings+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{main}.worksheet+xml"/></Types>"""
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    book = f'<workbook {WIDE} xmlns:r="{kinds}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
    return zipped(
        {
            "[Content_Types].xml": types.encode(),
            "_rels/.rels": f'{links}<Relationship Id="rId1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": f'{links}<Relationship Id="rId1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{kinds}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'.encode(),
            "xl/sharedStrings.xml": f"<sst {WIDE}>".encode() + strings + b"</sst>",
            "xl/worksheets/sheet1.xml": f"<worksheet {WIDE}><sheetData>".encode()
            + sheet
            + b"</sheetData></worksheet>",
        }
    )


def inline(text: bytes) -> bytes:
    return b'<c t="inlineStr"><is><t>' + text + b"</t></is></c>"


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        )

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(*c) for c in ((b"IHDR", head), *chunks, (b"IEND", b""))
    )


def jpeg_with(exif: bytes) -> bytes:
    body = b"Exif\0\0" + exif
    segment = b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    frame = (
        b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65535, 65535, 3) + b"\1\x11\0\2\x11\0\3\x11\0"
    )
    return b"\xff\xd8" + segment + frame + b"\xff\xd9"


def looped_exif() -> bytes:
    """Directories whose pointers lead to each other and to themselves."""
    entry = struct.pack("<HHLL", 0x8769, 4, 1, 8)
    return b"II*\0" + struct.pack("<L", 8) + struct.pack("<H", 5000) + entry * 5000


def zeros(size: int, packer: Callable[[bytes], bytes]) -> bytes:
    return packer(b"0" * size)


FILES: dict[str, Callable[[], bytes]] = {
    # web
    "letter.warc.gz": lambda: gzip.compress(record(page(b"a" * (64 * MB)))),
    "gzip.warc": lambda: record(gzip.compress(page(b"<p>" + b"7" * (64 * MB))), "gzip"),
    "twice.warc": lambda: record(gzip.compress(gzip.compress(page(b"+" * (64 * MB)))), "gzip, gzip"),
    "deflate.warc": lambda: record(raw_deflate(page(b"(." * (24 * MB))), "deflate"),
    "brotli.warc": lambda: record(brotli.compress(page(b"a@" * (24 * MB)), quality=3), "br"),
    "picture.warc": lambda: record(gzip.compress(bytes(64 * MB)), "gzip", "image/png"),
    "chunks.warc": lambda: record(page(b"a")).replace(b"text/html;", b"text/html\r\nTransfer-Encoding: chunked\r\nX: y;")[:-30] + b"1\r\na\r\n" * MB,
    "headless.warc": lambda: b"WARC/1.0\r\nWARC-Type: response\r\n\r\n" * 200_000,
    "endless head.warc": lambda: b"WARC/1.0\r\n" + b"A" * (40 * MB),
    "members.warc.gz": lambda: gzip.compress(record(page(b"x"))) * 4_000,
    "nested.html": lambda: page(b"<div>" * 50_000 + b"x"),
    "nested spans.html": lambda: page(b"<b><span><a href=x>" * 50_000 + b"x"),
    "nested tables.html": lambda: page(b"<table><tr><td>" * 50_000 + b"x"),
    "formatting.html": lambda: page(b"<b><i>" * 400 + b"<p>x" * 50_000),
    "tags.html": lambda: page(b"<i>x</i>" * 200_000),
    "rows.html": lambda: page(b"<table>" + b"<tr><td>x<td>5\xc2\xa3" * 100_000),
    "items.html": lambda: page(b"<article><h2>Room</h2><p>020 7946 0018</p></article>" * 40_000),
    "attributes.html": lambda: page(b"<div " + b"".join(b"a%d=b " % n for n in range(500_000)) + b">x"),
    "long attribute.html": lambda: page(b'<a href="tel:' + b"0" * (20 * MB) + b'">x</a>'),
    "entities.html": lambda: page(b"&amp;" * (4 * MB)),
    "wide.html": lambda: b"\xff\xfe" + page(b"<p>020 7946 0018 " * 100_000).decode().encode("utf-16-le"),
    "json-ld.html": lambda: page(b'<script type="application/ld+json">' + b"[" * MB + b"</script>"),
    "unclosed.html": lambda: page(b"<" * (4 * MB)) + b"<!--" * MB,
    # chats
    "WhatsApp Chat with Line.txt": lambda: b"01/03/2026, 21:06 - Mara: " + b"7" * (2 * MB),
    "WhatsApp Chat with Many.txt": lambda: b"".join(b"01/03/2026, 21:06 - A%d: x\n" % n for n in range(20_000)),
    "WhatsApp Chat with Bomb.zip": lambda: zipped({"WhatsApp Chat with Bomb.txt": b"01/03/2026, 21:06 - Mara: " + b"a" * (64 * MB)}),
    "WhatsApp Chat with Members.zip": lambda: zipped({"WhatsApp Chat with X.txt": b""} | {f"IMG-20260301-WA{n:05}.jpg": b"" for n in range(3_000)}),
    # tables
    "line.csv": lambda: b"time,channel,text\n2026-03-01 10:00:00,web," + b"(." * (24 * MB),
    "columns.csv": lambda: b"time,channel,text," + b",".join(b"c%d" % n for n in range(7_000)) + (b"\n2026-03-01 10:00:00,web,x," + b"1," * 7_000) * 200,
    "quotes.csv": lambda: b"time,channel,text\n" + b'2026-03-01 10:00:00,web,"x\n' * 200_000,
    "deep.jsonl": lambda: b'{"time":"2026-03-01 10:00:00","channel":"web","text":"x"}\n' + b'{"a":' * MB + b"1" + b"}" * MB + b"\n",
    "keys.jsonl": lambda: b"".join(b'{"time":"2026-03-01 10:00:00","channel":"web","text":"x","k%d":1}\n' % n for n in range(30_000)),
    "long.jsonl": lambda: b'{"time":"2026-03-01 10:00:00","channel":"web","text":"x"}\n{"text":"' + b"a" * (24 * MB) + b'"}\n',
    "cell.xlsx": lambda: workbook(b"<row>" + inline(b"a" * (64 * MB)) + b"</row>"),
    "cells.xlsx": lambda: workbook(b"<row>" + inline(b"a") * 1_000_000 + b"</row>"),
    "wide.xlsx": lambda: workbook(b"<row>" + b"".join(inline(b"%d" % (n * n)) for n in range(200_000)) + b"</row>"),
    "far.xlsx": lambda: workbook(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "strings.xlsx": lambda: workbook(b"<row><c><v>1</v></c></row>", b"<si><t>a</t></si>" * 3_000_000),
    "bank.sta": lambda: STATEMENT + b":86:" + b"A" * (24 * MB),
    "lines.sta": lambda: STATEMENT + b":61:2603010301D1,00NTRFNONREF\r\n:86:x\r\n" * 100_000,
    # tracks
    "bomb.gpx": lambda: b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(12)) + b"]><gpx>&m;</gpx>",
    "attribute.gpx": lambda: GPX + b'<trk><trkseg><trkpt lat="' + b"5" * (24 * MB) + b'" lon="0"/></trkseg></trk></gpx>',
    "text.gpx": lambda: GPX + b"<trk><name>" + b"a" * (24 * MB) + b"</name></trk></gpx>",
    "deep.gpx": lambda: GPX + b"<a>" * MB,
    "point.gpx": lambda: GPX + b"<trk><trkseg>" + POINT + b"<desc>" + b"a" * (24 * MB) + b"</desc></trkpt></trkseg></trk></gpx>",
    "names.gpx": lambda: GPX + b"<trk><trkseg>" + b"".join(POINT + b"<e%d>1</e%d></trkpt>" % (n, n) for n in range(20_000)) + b"</trkseg></trk></gpx>",
    "ships.nmea": lambda: b"!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\n" * 3 + b"!AIVDM,9,1,1,A," + b"1" * (24 * MB),
    "parts.nmea": lambda: b"!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23\n" * 3 + b"!AIVDM,2,1,1,A,1,0*00\n" * 50_000,
    # pictures
    "large.png": lambda: png(60_000, 60_000, (b"IDAT", zlib.compress(bytes(24 * MB)))),
    "honest.png": lambda: png(7_000, 7_000, (b"IDAT", zlib.compress(bytes(7_000 * 21_001)))),
    "text.png": lambda: png(1, 1, *[(b"zTXt", b"c\0\0" + zlib.compress(b"a" * (20 * MB)))] * 100),
    "loop.jpg": lambda: jpeg_with(looped_exif()),
    "frames.gif": lambda: b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0" * 6 + (b"," + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2\x44\1\0") * 200_000 + b";",
    "directories.tif": lambda: b"II*\0" + struct.pack("<L", 8) + b"".join(struct.pack("<HL", 0, 14 + 6 * n) for n in range(100_000)),
    "wide.heic": lambda: struct.pack(">L", 24) + b"ftypheic" + bytes(4) + b"heicmif1" + (struct.pack(">L", 8) + b"meta") * 300_000,
    # notes
    "note.txt": lambda: b"Palermo-Note: 1\nTime: 2026-03-01\n\n" + b"a" * (24 * MB),
    "fields.txt": lambda: b"Palermo-Note: 1\n" + b"X: y\n" * 500_000 + b"\nx",
}  # fmt: skip


def write(folder: Path) -> Iterator[Path]:
    """Write each file and give its path."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        path = folder / name
        path.write_bytes(make())
        yield path
