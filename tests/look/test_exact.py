"""What can be watched: one whole value, however it is written; and why other things are refused."""

from collections.abc import Iterator

import pytest

import linked_case
from palermo.look.exact import KINDS, exact
from palermo.look.naming import Naming
from palermo.look.query import Query
from palermo.look.reader import Reader
from palermo.safeguards import masking
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.vocabulary import Kind
from palermo.workspace import Workspace

DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def query(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Naming, Query]]:
    case = linked_case.make(tmp_path_factory.mktemp("exact"))
    with Workspace.open(case, "tester") as workspace, workspace._looking() as query:
        yield Reader(workspace.case, query).naming, query


READ = [
    ("020 7946 0018", ["phone:+442079460018"], "national, in the region that the case states"),
    ("+44 (0)20 7946-0018", ["phone:+442079460018"], "international, with signs"),
    ("tel:+442079460018", ["phone:+442079460018"], "as a link has it"),
    ("phone:+442079460018", ["phone:+442079460018"], "with its kind"),
    ("+44 20 7946 0555", ["phone:+442079460555"], "not in the case: that is what a watch is for"),
    ("“HELPER@Example.ORG”", ["email:helper@example.org"], "in quotes and capitals"),
    ("telegram @Example_Travel", ["handle:telegram:example_travel"], "with its platform"),
    ("GB82 WEST 1234 5698 7654 32", ["iban:GB82WEST12345698765432"], "in groups"),
    ("AB12 CDE", ["plate:GB:AB12CDE"], "a plate of the region that the case states"),
    ("plate:GB:AB12CDE", ["plate:GB:AB12CDE"], "a plate with its country"),
    ("account:12345678", ["account:12345678"], "what alone could be several kinds"),
    ("mmsi 235012345", ["vessel:mmsi:235012345"], "a vessel"),
    (DIGEST.upper(), [f"picture:pdq:{DIGEST}", f"picture:sha256:{DIGEST}"], "either hash"),
    (f"pdq:{DIGEST}", [f"picture:pdq:{DIGEST}"], "one of them"),
    ("0x52908400098527886E0F7030069857D2E4169EE7",
     ["wallet:ethereum:0x52908400098527886E0F7030069857D2E4169EE7"], "a wallet"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "nodes", "why"), READ)
def test_a_value_is_read_in_any_usual_form(
    typed: str, nodes: list[str], why: str, query: tuple[Naming, Query]
) -> None:
    assert exact(typed, query[0]).nodes == nodes, why


def test_a_handle_of_no_named_platform_is_that_of_each(query: tuple[Naming, Query]) -> None:
    nodes = exact("@Example_Travel", query[0]).nodes
    assert {"handle:telegram:example_travel", "handle:unknown:example_travel"} < {*nodes}
    assert all(node.endswith(":example_travel") for node in nodes)


def test_a_masked_value_is_named_by_its_mark(query: tuple[Naming, Query]) -> None:
    naming, here = query
    mark = masking.token(here.mask.key, "phone:+442079460999")
    assert exact(f"[{mark}]", naming).nodes == ["phone:+442079460999"]
    with pytest.raises(NotFound, match="no value of this case has this mark"):
        exact("[phone~AAAAAAAAAAAAA]", naming)


REFUSED = [
    ("Mara Quill", "a name is no identifier", "many bear it"),
    ("name:Mara Quill", "a name is no identifier", "neither with its kind"),
    ("Leeds", "a name is no identifier", "a place may be a name"),
    ("+44 20 7946 *", "pattern", "a pattern"),
    ("020 7946 00??", "pattern", "a pattern"),
    ("%@example.org", "pattern", "a pattern"),
    ("*@example.org", "pattern", "not the domain alone, either"),
    (r"\d{11}", "pattern", "a pattern"),
    ("020 7946 0018 or 020 7946 0027", "it can mean", "two values"),
    ("12345678", "nothing in it says which", "an account, a document or a reference"),
    ("person:1", "more than one", "a person is not watched"),
    ("Person 1", "more than one", "a person is not watched"),
    ("e" + "1" * 32, "more than one", "an event"),
    ("i" + "1" * 32, "more than one", "an identity"),
    ("GB82 WEST 1234 5698 7654 33", "checksum", "a slip of the hand, not another account"),
    ("price:50 GBP", "nobody's own", "a price"),
    ("age:19", "nobody's own", "an age"),
    ("place:geonames:2644688", "nobody's own", "a place"),
    ("date:2026-03-01", "nobody's own", "a date"),
    ("route:country:IT", "nobody's own", "a way that many take"),
    ("service:visa", "nobody's own", "what many offer"),
    ("", "no identifier", "nothing"),
]


@pytest.mark.parametrize(("typed", "says", "why"), REFUSED)
def test_what_is_no_exact_value_is_refused_with_what_to_do(
    typed: str, says: str, why: str, query: tuple[Naming, Query]
) -> None:
    with pytest.raises(Invalid) as no:
        exact(typed, query[0])
    assert says in no.value.why and no.value.next, (why, no.value.why)


def test_no_kind_that_is_many_peoples_can_be_watched() -> None:
    """Neither what is read out of what an advert offers, whatever kinds there come to be."""
    others = {str(kind) for kind in {*Kind} - KINDS}
    assert {"name", "price", "age", "place", "date"} <= others
    assert len(KINDS) == 15, "a new kind is nobody's until somebody says whose"
