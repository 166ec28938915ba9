"""A small case for tests: one chat, one advert page in a WARC and one call record, by hand."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from palermo.safeguards.authority import Grant
from palermo.workspace import Workspace

ADVERT = """<html lang="en"><head><title>Rooms and work in Leeds</title></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article class="ad"><h1>Kitchen helper wanted, room included</h1>
<p class="meta">Posted 2026-03-01 10:00 · Leeds</p>
<p>Restaurant looks for a kitchen helper, room above the shop, 9.50 GBP per hour.
Call O2O 7946 oo18 or write to helper@example.org, ask for the manager.</p></article>
<footer>Questions: support@example.com</footer></body></html>
"""
CHAT = """01/03/2026, 21:05 - Messages and calls are end-to-end encrypted.
01/03/2026, 21:06 - Mara Quill: Is the room still free?
01/03/2026, 21:07 - +44 20 7946 0018: Yes, come to Leeds on Monday
25/03/2026, 08:00 - Mara Quill: My other number is 020 7946 0999
"""


def grant(**changes: object) -> Grant:
    values: dict[str, object] = {
        "offence": "trafficking",
        "authority": "Test order 1",
        "basis": "Act of tests, s. 1",
        "until": (datetime.now(UTC) + timedelta(days=30)).date().isoformat(),
        "approved_by": "A. Judge",
    }
    return Grant(**(values | changes))  # type: ignore[arg-type]


def warc(url: str = "https://ads.example.org/42", body: str = ADVERT) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
    record = writer.create_warc_record(
        url,
        "response",
        payload=io.BytesIO(body.encode()),
        http_headers=head,
        warc_headers_dict={"WARC-Date": "2026-03-02T09:00:00Z"},
    )
    writer.write_record(record)
    return out.getvalue()


def write_evidence(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "page.warc.gz").write_bytes(warc())
    (folder / "WhatsApp Chat with Mara.txt").write_text(CHAT, encoding="utf-8")
    (folder / "unknown.bin").write_bytes(bytes(range(256)))
    return folder


def make(folder: Path, **changes: object) -> Path:
    """Make a case in `folder`/case with a little evidence, run."""
    case = folder / "case"
    Workspace.new(case, grant(**changes), actor="tester")
    from palermo.vocabulary import Statement

    with Workspace.open(case, "tester") as workspace:
        stated = Statement(region="GB", zone="Europe/London")
        workspace.add([str(write_evidence(folder / "evidence"))], stated)
        workspace.run()
    return case
