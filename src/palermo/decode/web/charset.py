"""Decides how the bytes of a page are written: by byte order mark, statement, or detection."""

import codecs
import re
from functools import lru_cache

import charset_normalizer

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a label means to browsers where that differs from Python's reading of it:
# https://encoding.spec.whatwg.org/#names-and-labels
LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-mac-cyrillic": "mac_cyrillic",
    "macintosh": "mac_roman",
    "utf-16": "utf-16-le",
    "unicode": "utf-16-le",
}
META = re.compile(rb"<meta[^>]{0,512}?charset\s*=\s*[\"']?\s*([\w:.+-]{2,40})", re.IGNORECASE)
XML = re.compile(rb"\s*<\?xml[^>]{0,256}?encoding\s*=\s*[\"']([\w:.+-]{2,40})[\"']")
META_WITHIN = 4096  # bytes; browsers look at 1024, real pages are later
DETECT_WITHIN = 1 << 16
# Tokenising bytes is sound only where no part of a character looks like markup.
TRANSCODED = {"utf-16-le", "utf-16-be", "iso2022_jp", "hz", "utf-32-le", "utf-32-be"}


@lru_cache(maxsize=256)
def codec(label: str) -> str | None:
    """Return Python's name for a charset label as browsers read it, or None."""
    label = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(LABELS.get(label, label)).name
        "é".encode(name, "replace")
        b"e".decode(name, "replace")
    except (LookupError, UnicodeError, ValueError, TypeError):
        return None
    return None if name in ("utf-7", "idna", "punycode", "mbcs", "oem") else name


def charset_of(raw: bytes, stated: str | None) -> tuple[str, str | None]:
    """Return a page's charset and, where its statements are wrong, what is wrong with them."""
    for mark, name in MARKS:
        if raw.startswith(mark):
            return name, None
    head = raw[:META_WITHIN]
    meta = META.search(head) or XML.match(head)
    inner = meta[1].decode("ascii", "replace") if meta else None
    # a page that says utf-16 in ASCII is not: https://html.spec.whatwg.org/#determining-the-character-encoding
    inner_name = codec(inner) if inner else None
    if inner_name in TRANSCODED and inner_name != "iso2022_jp":
        inner_name = "utf-8"
    names = [name for name in (codec(stated) if stated else None, inner_name) if name]
    if (not names or not _many_bytes(names[0])) and _fits(raw, "utf-8"):
        return "utf-8", None  # also where stated otherwise: other texts are never valid UTF-8
    for name in names:
        if _fits(raw, name):
            return name, None
    if _fits(raw, "utf-8"):
        return "utf-8", None
    if names:
        return names[0], f"is stated to be {names[0]}, but has bytes that are not"
    found = charset_normalizer.from_bytes(raw[:DETECT_WITHIN]).best()
    name = (codec(found.encoding) if found else None) or "cp1252"
    return name, f"does not say how it is written; read as {name}, which may be wrong"


@lru_cache(maxsize=64)
def _many_bytes(name: str) -> bool:
    """Whether one character takes several bytes, so that chance agreement is improbable."""
    return name in TRANSCODED or len("中".encode(name, "ignore")) > 1


def _fits(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except (UnicodeDecodeError, UnicodeError):
        return False
    return True
