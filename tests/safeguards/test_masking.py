"""Masking: what must not be read in the clear, looked for in every answer."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from case import make
from palermo.safeguards.masking import Mask, Span
from palermo.safeguards.refusal import Refused
from palermo.workspace import Workspace

HIDDEN = ("Mara", "Quill", "7946 0999", "+442079460999")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("masking"))


def everything(workspace: Workspace) -> str:
    """Return all that the verbs answer, as one text."""
    answers = [
        workspace.timeline(limit=1000),
        workspace.search("other number"),
        workspace.search("room"),
        # The answer tells the question, which is the user's own words.
        workspace.search("+44 20 7946 0999").model_copy(update={"query": ""}),
        workspace.network(),
        workspace.movements(),
        workspace.exhibits(),
        workspace.queue(),
        workspace.decisions(),
        workspace.problems(),
        workspace.status(),
    ]
    ids = [e.id for e in workspace.timeline(limit=1000).events]
    answers += [workspace.show(id) for id in ids] + [workspace.why(id) for id in ids]
    return "\n".join(answer.model_dump_json() for answer in answers)


def test_no_answer_shows_a_name_or_a_private_contact(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        told = everything(workspace).replace("tester", "")
    for value in HIDDEN:
        assert value not in told, value


def test_what_an_advert_published_is_visible_to_staff(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        assert "+442079460018" in everything(workspace)


def test_an_exact_value_that_the_user_knows_is_found_by_its_token(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        found = workspace.search("020 7946 0999")
        assert found.total == 1
        match = workspace.check(["+44 20 7946 0999"]).lines[0].matches[0]
        assert match.events == 1 and match.node and match.node.startswith("phone~")
        again = workspace.show(match.node)
        assert again.node and again.node.masked and len(again.events) == 1


def test_a_word_of_a_masked_value_is_not_found_by_text_search(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        assert workspace.search("Quill").total == 0
        assert workspace.search("0999").total == 0


def test_revealing_takes_a_reason_and_opens_one_value(tmp_path: Path) -> None:
    case = make(tmp_path)
    with Workspace.open(case, "tester") as workspace:
        token = workspace.check(["+44 20 7946 0999"]).lines[0].matches[0].node
        assert token
        with pytest.raises(Refused, match="reason"):
            workspace.decide("reveal", token, reason=" ")
        workspace.decide("reveal", token, reason="To ask the carrier, order 3")
        told = everything(workspace)
    assert "7946 0999" in told
    assert "Quill" not in told


def test_tokens_of_two_cases_cannot_be_joined(tmp_path: Path) -> None:
    tokens = set()
    for name in ("one", "two"):
        with Workspace.open(make(tmp_path / name), "tester") as workspace:
            tokens.add(workspace.check(["+44 20 7946 0999"]).lines[0].matches[0].node)
    assert len(tokens) == 2


@given(st.data())
def test_no_hidden_span_survives_and_every_span_still_points_at_its_words(data):
    text = data.draw(st.text(min_size=0, max_size=40))
    cuts = st.integers(0, len(text))
    spans = []
    for number in range(data.draw(st.integers(0, 5))):
        start, end = sorted((data.draw(cuts), data.draw(cuts)))
        kind = data.draw(st.sampled_from(["name", "price"]))
        spans.append(Span(start=start, end=end, node=f"{kind}:{number}"))
    mask = Mask(key=b"k", published=frozenset(), revealed=frozenset())
    masked, placed = mask.text(text, spans)
    covered = {i for s in spans if s.node.startswith("name") for i in range(s.start, s.end)}
    slow = "".join(character for i, character in enumerate(text) if i not in covered)
    rest = masked
    for node in {s.node for s in spans if s.node.startswith("name")}:
        rest = rest.replace(f"[{mask.node(node)}]", "")
    assert rest == slow
    for start, end, span in placed:
        inside = set(range(span.start, span.end))
        if inside and not inside & covered:
            assert masked[start:end] == text[span.start : span.end]


CALLS = """time,from,to,lat,lon
2026-03-01T10:00+00:00,+442079460018,+442079460999,53.807512,-1.549128
"""
MAPPING = """event: call
match: {header: [time, from, to, lat, lon]}
time: {column: time, format: iso}
parties:
  - {column: from, kind: phone, role: caller}
  - {column: to, kind: phone, role: callee}
lat: {column: lat}
lon: {column: lon}
"""


def test_exact_coordinates_are_in_no_answer_of_a_protected_person(tmp_path: Path) -> None:
    from case import grant

    folder = tmp_path / "evidence"
    (folder / "mappings").mkdir(parents=True)
    (folder / "calls.csv").write_text(CALLS)
    (folder / "mappings" / "carrier.yaml").write_text(MAPPING)
    (folder / "intake.yaml").write_text('exhibits: [{files: "*", mapping: carrier}]')
    Workspace.new(tmp_path / "case", grant(), actor="tester")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        workspace.add([str(folder)])
        workspace.run()
        assert workspace.status().events == {"call": 1}, workspace.problems()
        told = everything(workspace)
        assert "53.8" in told, "the region is told"
        assert "53.807" not in told and "1.5491" not in told
        workspace.decide("reveal", "phone:+442079460018", reason="x")
        assert "53.807" not in everything(workspace), "two phones: both must be open"
        workspace.decide("reveal", "phone:+442079460999", reason="x")
        assert "53.807" in everything(workspace)


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_names_that_share_a_word_the_same_one_marks_it_always(turn: int) -> None:
    mask = Mask(key=b"k", published=frozenset(), revealed=frozenset())
    people = [("Mara Quill", "name:Mara Quill"), ("Ines Quill", "name:Ines Quill")]
    marks = {mask.mark(node) for _, node in people}
    assert mask.values({"place": "Quill 1"}, people[::turn])["place"] == f"{min(marks)} 1"
    spans = [Span(start=0, end=5, node=node) for _, node in people]
    first = mask.mark("name:Ines Quill")
    assert mask.text("Quill 1", spans[::turn])[0] == f"{first} 1"
