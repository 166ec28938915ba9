"""A small case in which values are linked: three adverts whose telephone numbers overlap."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from case import grant, write_evidence
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

ADVERT = """<article class="ad"><h2>{title}</h2><p class="date">Posted 2026-03-{day:02} 10:00</p>
<p class="body">{body}</p><p class="place">{place}</p><p class="contact">{contact}</p></article>"""
ADVERTS = [
    ("Kitchen helper", 1, "A helper for our kitchen, nine pounds an hour.", "Leeds", "020 7946 0018"),
    ("Office cleaner", 3, "Evening work in offices, paid every week.", "York", "020 7946 0018 or 020 7946 0027"),
    ("Driver", 5, "A van is provided, early mornings, weekends are free.", "Hull", "020 7946 0027"),
]  # fmt: skip
# Two numbers that one advert bears, and one that only a chat shows and that is masked.
A, B, PRIVATE = "phone:+442079460018", "phone:+442079460027", "+44 20 7946 0999"
STATED = Statement(region="GB", zone="Europe/London")
FILES = 4
# Words of `palermo new` and `authorise`.
UNTIL = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
GRANT = [
    "--offence", "smuggling", "--authority", "Order 1", "--basis", "Act, s. 1",
    "--until", UNTIL, "--approved-by", "A. Judge",
]  # fmt: skip


def write(folder: Path) -> Path:
    write_evidence(folder)
    named = ("title", "day", "body", "place", "contact")
    body = "\n".join(ADVERT.format(**dict(zip(named, row, strict=True))) for row in ADVERTS)
    page = f"<html><head><title>Work</title></head><body>{body}</body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    return folder


def make(folder: Path) -> Path:
    """Make a case in `folder`/case with its evidence beside it, run."""
    Workspace.new(folder / "case", grant(), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(write(folder / "evidence"))], STATED)
        workspace.run()
    return folder / "case"
