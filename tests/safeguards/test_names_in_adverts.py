"""Names that adverts give are masked as every name is, and are nobody outside their advert."""

from pathlib import Path

import pytest

from case import grant, warc
from palermo.workspace import Workspace

BODY = """<html lang="en"><head><title>Help wanted</title></head><body>
<article class="ad"><h1>Help wanted in {town}, ask for Quimbette</h1>
<p class="meta">Posted 2026-03-0{day} 10:00 · {town}</p>
<p>We look for a helper for a quiet house with a garden, 9.50 GBP per hour. Quimbette is there all day.
Call 020 7946 00{day}8, ask for Quimbette, also known as Zora. Zora and Quimbette answer.</p></article></body></html>
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("names")
    (folder / "evidence").mkdir()
    for day, town in ((1, "Leeds"), (2, "York")):
        page = warc(f"https://ads.example.org/{day}", BODY.format(town=town, day=day))
        (folder / "evidence" / f"page{day}.warc.gz").write_bytes(page)
    Workspace.new(folder / "case", grant(), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(folder / "evidence")])
        workspace.run()
    return folder / "case"


def test_no_answer_shows_the_name_that_an_advert_gives(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        events = workspace.timeline(limit=100).events
        told = [workspace.timeline(limit=100), workspace.search("helper"), workspace.network()]
        told += [workspace.show(e.id) for e in events] + [workspace.why(e.id) for e in events]
        words = "\n".join(answer.model_dump_json() for answer in told)
        names = [c for e in events for c in workspace.show(e.id).claims if c.kind == "name"]
    assert (
        "name~" in words and names and all(c.value.masked and c.role == "mentioned" for c in names)
    )
    assert "Quimbette" not in words and "Zora" not in words


def test_the_same_name_in_two_adverts_ties_nobody(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        adverts = [e for e in workspace.timeline(limit=100).events if e.kind == "advert"]
    assert len(adverts) == 2
    first, second = ({*advert.identities} for advert in adverts)
    assert first and second and not first & second
