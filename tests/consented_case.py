"""A small case of an organisation that works with consent: a published page, and what W-07 and W-12
gave. Only together do they tie the two numbers."""

import zipfile
from pathlib import Path

from case import CHAT, grant
from linked_case import ADVERT, ADVERTS
from palermo.safeguards.consenting import Given
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

PROSECUTION, CLINIC = "Example Prosecution", "Example Clinic"
W07 = Given(
    giver="W-07", purpose="Finding who held her papers", language="ro", age="adult",
    recipients=[PROSECUTION],
)  # fmt: skip
W12 = Given(giver="W-12", purpose="A place to stay", language="vi", age="child", guardian="G-1")
# Words of the page that W-07 gave, of the chat in her archive, of what W-12 told, and published ones.
PAGE, IN_CHAT, TOLD, PUBLISHED = "Evening work", "other number", "The door is blue", "A van is"
STATED = {"region": "GB", "zone": "Europe/London"}
NGO = {
    "profile": "ngo",
    "necessity": "People ask for help",
    "scope": {"recipients": [PROSECUTION, CLINIC]},
}


def page(path: Path, *rows: tuple[object, ...]) -> Path:
    named = ("title", "day", "body", "place", "contact")
    body = "\n".join(ADVERT.format(**dict(zip(named, row, strict=True))) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<html><title>Work</title><body>{body}</body></html>", encoding="utf-8")
    return path


def evidence(folder: Path) -> tuple[Path, Path]:
    """Write what is published and what W-07 gives, and return their folders."""
    page(folder / "public" / "page.html", ADVERTS[0], ADVERTS[2])
    page(folder / "given" / "saved.html", ADVERTS[1])
    with zipfile.ZipFile(folder / "given" / "WhatsApp Chat with Mara.zip", "w") as archive:
        archive.writestr("_chat.txt", CHAT)
    return folder / "public", folder / "given"


def make(folder: Path, database: str | None = None, **changes: object) -> Path:
    """Make a case in `folder`/case, run: consent 1 is W-07's, consent 2 is W-12's."""
    case = folder / "case"
    Workspace.new(case, grant(**(NGO | changes)), "tester", database)
    public, given = evidence(folder / "evidence")
    with Workspace.open(case, "tester") as workspace:
        workspace.consent(W07)
        workspace.consent(W12)
        workspace.add([str(public)], Statement(**STATED, consent="public"))
        workspace.add([str(given)], Statement(**STATED, consent="1"))
        workspace.note(f"{TOLD}, opposite the station", given="2")
    return case
