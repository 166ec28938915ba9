import pytest

from evidence import Case
from palermo.link.identities import ENOUGH
from palermo.link.same_picture import SamePicture

HASH = "5a" * 32


def near(bits: int) -> str:
    return f"{int(HASH, 16) ^ ((1 << bits) - 1):064x}"


def photograph(case: Case, key: str, pdq: str, quality: int = 90, **details: str) -> str:
    details = {
        "sha256": key.encode().hex().rjust(64, "0"),
        "pdq": pdq,
        "pdq_quality": str(quality),
    } | details
    return case.event(key, kind="photograph", details=details)


@pytest.mark.parametrize(
    ("bits", "quality", "linked", "why"),
    [
        (0, 90, True, "the same hash"),
        (31, 90, True, "as far as Meta's threshold goes"),
        (32, 90, False, "one bit more"),
        (0, 49, False, "too flat a picture for its hash to say anything"),
    ],
)
def test_hashes(bits, quality, linked, why):
    case = Case()
    photograph(case, "a", HASH, quality)
    photograph(case, "b", near(bits), quality)
    assert (SamePicture().match(case).num_rows == 2) is linked, why


def test_equal_bytes_need_no_hash():
    case = Case()
    for key in "ab":
        photograph(case, key, "", 0, sha256="ab" * 32)
    links = SamePicture().match(case).to_pylist()
    assert {row["b"] for row in links} == {"picture:sha256:" + "ab" * 32}


def test_an_advert_shows_the_picture_captured_under_the_address_it_names():
    case = Case()
    url = "https://ads.example.org/1.jpg"
    photograph(case, "a", HASH, url=url)
    advert = case.advert("ad", details={"pictures": f"{url}\nhttps://ads.example.org/2.jpg"})
    links = SamePicture().match(case).to_pylist()
    assert advert in {row["a"] for row in links}


def test_a_picture_alone_is_never_enough_and_a_stock_picture_counts_for_less():
    case = Case()
    for n in range(10):
        case.advert(
            f"a{n}", f"phone:+4420794600{n:02d}", claims=[("content", "picture", f"pdq:{HASH}")]
        )
    links = SamePicture().match(case).to_pylist()
    assert len(links) == 10
    assert all(row["score"] == pytest.approx(0.1) for row in links)
    assert "10 groups" in links[0]["reason"]
    assert max(row["score"] for row in links) < ENOUGH


def test_links_do_not_depend_on_the_order_of_rows():
    case = Case()
    for n in (0, 5, 20, 30):
        photograph(case, f"k{n}", near(n))
    expected = SamePicture().match(case).to_pylist()
    case.events.reverse()
    assert SamePicture().match(case).to_pylist() == expected
