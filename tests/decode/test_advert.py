"""Adverts are found by structure on any site, in any language, and nothing else is."""

import gzip
import io
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages import ADS, FOOTER, HEADER, MAKES, OTHERS, cards, details, page
from palermo.decode.decoder import Context
from palermo.decode.warc import Warc
from palermo.decode.web.advert import clean_url, contact_party, names_item
from palermo.decode.web.markup import Markup
from palermo.decode.web.page import Shot, read_page
from palermo.testing import check_decoder, check_map
from palermo.vocabulary import Kind, Problem, Role, Statement

CAPTURED = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)
URL = "https://board.example.org/rooms"
EXHIBIT = "x" + "0" * 32


def read(raw, url=URL, time=CAPTURED, **context):
    """Return a page's event, its adverts and problems, after checking every run of their maps."""
    shot = Shot(raw=raw, locator=f"offset:0;length:{len(raw)}", url=url, time=time)
    items = list(read_page(shot, Context(exhibit=EXHIBIT, name="page", **context)))
    problems = [item for item in items if isinstance(item, Problem)]
    first, *rest = (item for item in items if not isinstance(item, Problem))
    for event in (first, *rest):
        check_map(event, raw, event.kind)
    return first, rest, problems


LISTINGS = [(lang, make) for lang in ADS for make in MAKES]


@pytest.mark.parametrize(("lang", "make"), LISTINGS, ids=lambda v: getattr(v, "__name__", v))
def test_every_make_of_listing_in_every_language(lang, make):
    ads = ADS[lang]
    own, adverts, _ = read(page(make(ads), lang))
    assert [advert.details["title"] for advert in adverts] == [ad.title for ad in ads]
    for ad, advert in zip(ads, adverts, strict=True):
        assert ad.body in advert.text and ad.contact in advert.text
        assert sum(other.body in advert.text for other in ads) == 1
        assert ad.price.startswith(advert.details["price"]) and advert.details["price"]
        assert advert.within == f"page@{own.locator}"
        assert ad.body not in own.text
        assert "020 7946 0999" not in advert.text and "cookies" not in advert.text
    assert "020 7946 0999" in own.text and "Popular" in own.text


DETAILS = [(lang, make) for lang in ADS for make in details(ADS["en"][0])]


@pytest.mark.parametrize(("lang", "make"), DETAILS)
def test_every_make_of_detail_page_in_every_language(lang, make):
    for ad in ADS[lang]:
        own, adverts, _ = read(page(details(ad)[make], lang))
        (advert,) = adverts
        assert advert.details["title"] == ad.title
        assert all(part in advert.text for part in (ad.body, ad.price, ad.contact))
        assert "Another room" not in advert.text and "020 7946 099" not in advert.text
        assert "Another room" in own.text or make in ("plain", "table")


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("around", [True, False], ids=["in a site", "bare"])
def test_other_pages_hold_no_adverts(name, around):
    raw = page(OTHERS[name], header=HEADER if around else "", footer=FOOTER if around else "")
    own, adverts, _ = read(raw)
    assert adverts == []
    assert own.details["adverts"] == "0"


def test_an_advert_among_others_may_state_neither_price_nor_contact():
    ads = list(ADS["en"])
    ads[2] = ads[2]._replace(price="", contact="", body=ads[2].body * 2)
    _, adverts, _ = read(page(cards(ads)))
    assert len(adverts) == len(ads)


ELSEWHERE = """<{tag}><h4>You may also like</h4><ul><li><a href="/view?id=7">Deep clean of ovens and sofas</a>
Laredo</li><li><a href="/view?id=8">ซ่อม เครื่องพิมพ์ ใกล้ ท่ารถ</a> Houston</li></ul></{tag}>"""


@pytest.mark.parametrize("tag", ["aside", "div", "section"])
def test_what_a_page_leads_on_to_is_no_part_of_its_advert(tag):
    body = f"""<title>Room near the park</title><table><tr><td><h1>Room near the park</h1>
    <p>A quiet room for two weeks from Monday, with a desk and a bicycle, near the park in Leeds.
    Ask for Ines, call 020 7946 0018 after six. Price £120 a week.</p>
    <ul><li>bed linen</li><li>a bicycle</li></ul>{ELSEWHERE.format(tag=tag)}</td></tr></table>"""
    _, (advert,), _ = read(body.encode())
    assert "Ask for Ines" in advert.text and "bed linen" in advert.text, "a list of its own stays"
    assert "also like" not in advert.text and "Laredo" not in advert.text


def test_fields_and_addresses():
    own, adverts, _ = read(page(cards(ADS["en"])))
    first, _, third, _ = adverts
    assert first.details["pictures"] == "https://board.example.org/img/0.jpg"
    assert first.details["url"] == "https://board.example.org/ad/0"
    assert first.posting == "board.example.org/ad/0"
    assert [advert.place for advert in adverts] == ["Leeds", "Bradford", "York", "Hull"]
    assert first.details["price"] == "£120 per week"
    assert third.details["contact"] == "example@example.org"
    assert own.details["adverts"] == "4"


def test_times():
    _, (first, second, third, _), _ = read(page(cards(ADS["en"])))
    assert first.time == CAPTURED - timedelta(hours=2) and first.time_error == 3600
    assert second.time == datetime(2024, 5, 3, tzinfo=UTC)
    assert second.zone == "unknown" and second.time_error == 86400 + 14 * 3600
    assert third.time_written == "yesterday"
    stated = Statement(zone="Europe/London")
    _, (_, second, *_), _ = read(page(cards(ADS["en"])), statement=stated)
    assert second.time == datetime(2024, 5, 2, 23, 0, tzinfo=UTC)
    assert second.zone == "assumed Europe/London"


def test_an_advert_without_a_date_has_the_captures_and_says_how_unsure_that_is():
    ads = [ad._replace(posted="") for ad in ADS["en"]]
    _, adverts, _ = read(page(cards(ads)))
    assert {advert.time for advert in adverts} == {CAPTURED}
    assert {advert.time_error for advert in adverts} == {30 * 86400}
    _, adverts, _ = read(page(cards(ads)), time=None)
    assert {advert.time for advert in adverts} == {None}


@pytest.mark.parametrize("captured", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"])
@pytest.mark.parametrize(
    "posted", ["3 May 2024", "yesterday", "99999 years ago", "31 Dec 9999 23:59 -0500", "3 May"]
)
def test_no_date_is_too_far_off_to_read_a_page(captured, posted):
    ads = [ad._replace(posted=posted) for ad in ADS["en"]]
    _, adverts, problems = read(page(cards(ads)), time=datetime.fromisoformat(captured))
    assert len(adverts) == len(ads) and not problems


def test_captures_of_one_posting_share_its_key():
    ads = ADS["en"]
    keys = []
    for url, posted, extra in (
        (URL, "2 hours ago", ads[1:]),
        (URL + "?page=2&utm_source=x", "9 days ago", [ads[3], ads[2]]),
    ):
        for make in (cards, MAKES[4]):  # with addresses of their own, and without
            _, adverts, _ = read(page(make([ads[0]._replace(posted=posted), *extra])), url)
            keys.append(adverts[0].posting)
    assert keys[0] == keys[2] and keys[1] == keys[3]
    detail = page(details(ads[0])["article"])
    _, (advert,), _ = read(detail, "https://www.board.example.org/ad/0?fbclid=abc#top")
    assert advert.posting == keys[0]


@pytest.mark.parametrize(
    ("address", "item", "why"),
    [
        ("https://board.example.org/ad/0", True, "a number"),
        ("https://board.example.org/p/24282776", True, "a number"),
        (
            "https://board.example.org/leeds/cleaning/76943039.html",
            True,
            "a number in a file's name",
        ),
        ("https://board.example.org/room-near-the-station", True, "a slug"),
        ("https://board.example.org/комната-у-самого-вокзала", True, "a slug in another script"),
        ("https://board.example.org/view.php?id=k9f", True, "an id"),
        ("https://board.example.org/?p=24282", True, "a blog's post"),
        ("https://board.example.org/new", False, "what is new"),
        ("https://board.example.org/new?page=2", False, "a page of a list"),
        ("https://board.example.org/rooms/page/2", False, "a page of a list, in the path"),
        ("https://board.example.org/rooms?offset=40&sort=price", False, "a part of a list"),
        ("https://board.example.org/", False, "a site's first page"),
    ],
)
def test_an_address_of_a_list_is_no_postings(address, item, why):
    assert names_item(address) == item, why
    keys = set()
    for ad in ADS["en"][:2]:
        _, (advert,), _ = read(page(details(ad)["article"]), address)
        keys.add(advert.posting)
    assert len(keys) == (1 if item else 2), why


def test_an_advert_is_located_by_its_bytes():
    raw = page(cards(ADS["zh"]), "zh")
    _, adverts, _ = read(raw)
    places = [dict(part.split(":") for part in advert.locator.split(";")) for advert in adverts]
    for ad, place in zip(ADS["zh"], places, strict=True):
        held = raw[int(place["first"]) : int(place["last"])].decode()
        assert held.startswith(ad.title) and held.endswith(ad.contact)


def test_contacts_in_links_are_the_posters_and_those_outside_are_the_sites():
    body = cards(ADS["en"]).replace(
        "<p>020 7946 0018</p>", "<p><a href='https://wa.me/442079460018'>Write</a></p>"
    )
    raw = page(body, footer="<footer><a href='mailto:office@example.org'>Write to us</a></footer>")
    own, (first, *_), _ = read(raw)
    assert [(p.role, p.kind, p.value) for p in first.parties] == [
        (Role.POSTER, Kind.PHONE, "+442079460018")
    ]
    assert [(p.role, p.value) for p in own.parties] == [(Role.SITE, "office@example.org")]


LINKS = [
    ("tel:+44%2020%207946%200018", Kind.PHONE, "+44 20 7946 0018"),
    ("mailto:a@example.org?subject=x", Kind.EMAIL, "a@example.org"),
    ("https://t.me/example_travel", Kind.HANDLE, "telegram:example_travel"),
    ("whatsapp://send?phone=442079460018", Kind.PHONE, "442079460018"),
    ("viber://chat?number=%2B442079460018", Kind.PHONE, "+442079460018"),
]


@pytest.mark.parametrize(("href", "kind", "value"), LINKS)
def test_links_to_contacts(href, kind, value):
    party = contact_party(href)
    assert (party.kind, party.value) == (kind, value)


ADDRESSES = [
    ("https://www.example.org/a/?utm_source=x&id=7#top", "example.org/a?id=7", "what only tracks"),
    ("http://EXAMPLE.org/a?b=2&a=1", "example.org/a?a=1&b=2", "order and case"),
    ("https://example.org", "example.org/", "no path"),
    ("https://[broken", "/", "no address at all"),
]


@pytest.mark.parametrize(("url", "key", "why"), ADDRESSES, ids=[row[2] for row in ADDRESSES])
def test_addresses_are_cleaned(url, key, why):
    assert clean_url(url) == key


SITE = {
    "hosts": ["example.org"],
    "advert": ".sc-1x",
    "title": ".b8",
    "body": ".c7",
    "place": ".e5",
    "price": ".d6",
    "posted": ".f4",
    "contact": ".g3",
    "zone": "Europe/London",
    "region": "GB",
}


def test_a_site_can_be_described():
    make = next(make for make in MAKES if make.__name__ == "hashed")
    raw = page(make(ADS["en"][:1]))
    _, adverts, _ = read(raw)
    own, (advert,), problems = read(raw, sites={"board": SITE})
    assert not problems
    assert advert.place == "Leeds" and advert.region == "GB" and own.region == "GB"
    assert advert.text.split("\n")[:2] == [ADS["en"][0].title, ADS["en"][0].body]
    assert advert.details["contact"] == "020 7946 0018\ntel:+442079460000"
    _, adverts, _ = read(raw, "https://elsewhere.example.net/", sites={"board": SITE})
    assert all(advert.region is None for advert in adverts)


FAULTS = [
    ({"advert": "div[["}, "no CSS selector"),
    ({"advrt": "div"}, "'advrt'"),
    ({"advert": ["div"]}, "not a CSS selector"),
]


@pytest.mark.parametrize(("site", "says"), FAULTS, ids=[row[1] for row in FAULTS])
def test_a_faulty_description_is_reported(site, says):
    _, _, problems = read(page(cards(ADS["en"])), sites={"board": {"hosts": "example.org", **site}})
    assert any(says in problem.message and problem.kind == "site" for problem in problems)


def test_the_documented_description_is_valid():
    text = (Path(__file__).parents[2] / "docs" / "sites.md").read_text()
    site = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])
    raw = (
        b"<div class=listing><article><h3>Room</h3><div class=text>Quiet</div>"
        b"<time>3 May 2024</time> <span class=where>Leeds</span>"
        b" <span class=price>&pound;5</span></article></div>"
    )
    _, (advert,), problems = read(raw, sites={"board": site})
    assert not problems
    assert (advert.details["title"], advert.place, advert.details["price"]) == (
        "Room",
        "Leeds",
        "£5",
    )


def test_a_listing_in_an_archive():
    raw = page(cards(ADS["th"]), "th")
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + raw
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {URL}\r\n"
        f"WARC-Date: 2024-05-20T12:00:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode()
    data = gzip.compress(head + block + b"\r\n\r\n", mtime=0)
    items = check_decoder(Warc(), data, Context(exhibit=EXHIBIT, name="a.warc.gz"), variants=10)
    assert [item.kind for item in items] == ["page", "advert", "advert", "advert"]
    assert Warc().payload(io.BytesIO(data), items[1].locator) == raw


LARGE = [
    (cards(ADS["en"] * 300), 1200, "many adverts"),
    ("<div><p>£5 and more to say 020 7946 0018</p>" * 2000, 0, "deep"),
    ("<table>" + "<tr><td>£5<td>3 May 2024<td><a href=/x>a long title</a>" * 1500, 1500, "rows"),
    ("<div>© 2024</div>" * 5000, 0, "notices"),
    ("<a href=tel:5550100>call</a> " * 5000, 0, "contacts"),
]


@pytest.mark.parametrize(("body", "count", "why"), LARGE, ids=[row[2] for row in LARGE])
def test_large_pages_cost_no_more_than_their_size(body, count, why):
    start = time.process_time()
    _, adverts, _ = read(page(body))
    assert len(adverts) == count
    assert time.process_time() - start < 10


PIECES = st.sampled_from(
    [*HEADER.split("<"), *cards(ADS["en"]).split("<"), *details(ADS["ar"][0])["table"].split("<")]
)


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_of_markup_is_read(pieces):
    raw = "<".join(["", *pieces]).encode()
    own, adverts, _ = read(raw)
    assert len({advert.locator for advert in adverts}) == len(adverts)
    markup = Markup(raw, "utf-8")
    whole = markup.text([(0, len(markup.pieces))])[0]
    told = Counter(word for event in (own, *adverts) for word in event.text.split())
    assert told == Counter(whole.split())  # each word once: in the page or in one advert
