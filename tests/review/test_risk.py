"""A risk to life or to a child stands on top of every queue, and nothing else is taken for one."""

import hashlib
import shutil
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from case import grant, warc
from palermo import answers
from palermo.review import risk, words
from palermo.review.stated import age_at
from palermo.safeguards.refusal import Invalid
from palermo.stages import wiring
from palermo.store import catalogue as c
from palermo.store import lake
from palermo.store.engine import Tables
from palermo.vocabulary import CLAIMS, EVENTS, Event, EventKind, Statement, events_table
from palermo.workspace import Workspace

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def signs(
    texts: list[str],
    lists: dict[str, dict] | None = None,
    kind: EventKind = EventKind.TIP,
    time: datetime | None = AT,
) -> list[dict]:
    """Read texts as events with the real extractors, and return what tells of a risk."""
    listed = [
        Event(kind=kind, locator=f"row:{n}", text=text, time=time) for n, text in enumerate(texts)
    ]
    events = events_table("x1", listed, "note", "1", "GB")
    claims = pa.concat_tables(
        [CLAIMS.empty_table()]
        + [e.find(events).cast(CLAIMS) for e in wiring.plugins("extractors").values()]
    )
    tables = Tables(Path(), {}, {"events": events.cast(EVENTS), "claims": claims})
    try:
        return risk.signs(tables, lists or {}).to_pylist()
    finally:
        tables.close()


STATED = [
    ("She is 15 years old and works there", {"15"}, "plain"),
    ("Girl, 17 y.o., new in town", {"17"}, "abbreviated"),
    ("Aged 16, in the house by the quay", {"16"}, "no word for years"),
    ("Helper (17 years old) lives in", {"17"}, "in brackets"),
    ("Two of them, 16-17 years old, arrive on Monday", {"16", "17"}, "a range"),
    ("Ana, 15 años, recién llegada", {"15"}, "Spanish, set off by commas"),
    ("Тебе помогут: девушка, 16 лет, новая", {"16"}, "Russian, set off by commas"),
    ("她今年15岁", {"15"}, "Chinese"),
    ("อายุ 16 ปี", {"16"}, "Thai"),
    ("عمرها 15 سنة", {"15"}, "Arabic"),
    ("em 16 tuổi", {"16"}, "Vietnamese"),
    ("She is 18 years old", set(), "18 is no child"),
    ("Aged 21 and over only", set(), "adult"),
    ("The car is 12 years old", set(), "a thing is what the years are said of"),
    ("Helps in a house, 16 years old", {"16"}, "the house is where somebody is"),
    ("Я новая, мені 16 років", {"16"}, "Ukrainian"),
    ("उम्र 16 साल", {"16"}, "Hindi"),
    ("The room is 17 pounds a night", set(), "a price"),
    ("Room 17, £17, from 17:00", set(), "room, price, hour"),
    ("17 High Street, flat 16", set(), "a house number"),
    ("Please call in 15 minutes", set(), "minutes"),
    ("tengo 15 plazas para mañana", set(), "fifteen places"),
    ("Llevo 13 años en esto y me gusta", set(), "years of work, Spanish"),
    ("Занимаюсь этим 7 лет, звоните", set(), "years of work, Russian"),
    ("ทำมา 15 ปีแล้ว", set(), "years of work, Thai"),
    ("أعمل في هذا منذ 8 سنة", set(), "years of work, Arabic"),
    ("10 years of experience", set(), "years of work, English"),
    ("Romanian girls, new in town, very young looking", set(), "nationality and look never score"),
    ("schoolgirl style, teen look, петит", set(), "style never scores"),
    ("", set(), "nothing at all"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "ages", "why"), STATED)
def test_only_a_stated_age_of_a_child_counts(text, ages, why):
    found = signs([text])
    assert {row["value"] for row in found} == ages, why
    assert all(row["to"] == "child" and row["sign"] == "age" and row["claim"] for row in found)


BORN = [
    ("She was born on 5 May 2009 in a village", "16", "in words"),
    ("Date of birth: 2009-05-05", "16", "ISO"),
    ("DOB 11/03/2008", "17", "eighteen tomorrow: 17 at the time"),
    ("DOB 10/03/2008", None, "eighteen on the day, as Britain writes it"),
    ("DOB 2008-03-10", None, "eighteen on the day"),
    ("born in 2009", "16 or 17", "a year alone"),
    ("born in 2008", "17 or 18", "may have been a child"),
    ("born in 2007", None, "eighteen at least"),
    ("nacida el 5 de mayo de 2010", "15", "Spanish"),
    ("Дата рождения: 05.05.2010", "15", "Russian"),
    ("2010 г.р., из деревни", "15 or 16", "Russian, after the year"),
    ("2010年5月5日出生", "15", "Chinese, after the date"),
    ("วันเกิด 5 พฤษภาคม 2553", "15", "Thai, Buddhist year"),
    ("تاريخ الميلاد: 05/05/2010", "15", "Arabic"),
    ("Date of birth: 5 May 1990. Arrived on 3 March 2026", None, "the other date is no birth date"),
    ("The restaurant opened on 5 May 2010", None, "no word of birth"),
    ("翻译出生证明。2011年开始做翻译", None, "a birth certificate, and another year"),
    ("born on 5 May 2027", None, "not born yet"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "age", "why"), BORN)
def test_a_stated_birth_date_is_held_against_the_time_of_the_event(text, age, why):
    found = signs([text])
    told = {row["reason"] for row in found if row["sign"] == "born"}
    assert bool(told) == bool(age), (why, found)
    assert age is None or all(f"somebody was {age} at the time" in reason for reason in told), told
    assert not any(row["value"] in row["reason"] for row in found if row["sign"] == "born")


def test_an_adult_when_the_event_happened_is_no_child_and_the_other_way_round() -> None:
    text = "Date of birth: 2000-06-01"
    assert not signs([text])
    assert signs([text], time=datetime(2016, 1, 1, tzinfo=UTC))
    assert not signs([text], time=None), "nothing says when it was"


def test_signs_drawn_of_each_file_are_those_of_the_whole(tmp_path: Path) -> None:
    lists = {"signs": words.parse({"risk": "life", "words": ["locked in"]})}
    stated = "She is 15 years old and is locked in. "
    page = Event(kind=EventKind.PAGE, locator="p", text=stated, time=AT)
    advert = Event(kind=EventKind.ADVERT, locator="a", text=stated, time=AT, within="page@p")
    undated = Event(kind=EventKind.TIP, locator="u", text="Date of birth: 2009-06-01")
    grown = Event(kind=EventKind.TIP, locator="g", text="Date of birth: 1999-06-01")
    alone = Event(kind=EventKind.PAGE, locator="q", text=stated, time=AT)
    files = [[undated, grown], [page, advert], [alone]]
    events = [events_table(f"x{n}", some, "note", "1", "GB") for n, some in enumerate(files)]
    claims = [
        pa.concat_tables([e.find(some).cast(CLAIMS) for e in wiring.plugins("extractors").values()])
        for some in events
    ]
    drawn = risk.Signs(lists)
    kept = []
    for some, found in zip(events, claims, strict=True):
        with closing(Tables(Path(), {}, {"events": some, "claims": found})) as tables:
            kept.append(lake.write_excerpt(tmp_path, drawn.kind, drawn.draw(tables)).path)
    whole = {"events": pa.concat_tables(events), "claims": pa.concat_tables(claims)}
    with closing(Tables(Path(), {}, whole)) as tables:
        expected = risk.signs(tables, lists).to_pylist()
    with closing(Tables(tmp_path, {drawn.kind: kept}, whole)) as tables:
        assert drawn.kind in tables.excerpts
        assert risk.signs(tables, lists).to_pylist() == expected
        assert risk.signs(tables, {}).to_pylist() != expected, "other lists are read anew"
    assert sorted(row["sign"] for row in expected) == ["age", "age", "born", "words", "words"]
    [born] = (row for row in expected if row["sign"] == "born")
    assert "16 at the time" in born["reason"], "by the last event of all, in another file"
    assert next(iter(events[1]["id"])).as_py() not in {row["event"] for row in expected}


def passport(born: str) -> str:
    from palermo.values.document import check_digit

    number, expiry = "123456789", "300101"
    line = (
        f"{number}{check_digit(number)}GBR{born}{check_digit(born)}F{expiry}{check_digit(expiry)}"
    )
    line += "<" * 14 + "<"
    covered = line[0:10] + line[13:20] + line[21:43]
    return f"P<GBRMARSH<<EVA<MARIE{'<' * 23}\n{line}{check_digit(covered)}"


@pytest.mark.parametrize(
    ("born", "child", "why"),
    [("090505", True, "16 at the time"), ("080311", True, "17 by a day"), ("800505", False, "45")],
)
def test_a_birth_date_in_a_travel_document_counts(born, child, why):
    found = signs([passport(born)])
    assert bool(found) == child, (why, found)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_an_age_is_what_counting_birthdays_gives(born, at):
    """The slow way: one year after the other."""
    told = age_at(born.isoformat(), at)
    if born > at:
        assert told is None
        return
    birthdays = 0
    for year in range(born.year + 1, at.year + 1):
        birthdays += (year, born.month, born.day) <= (at.year, at.month, at.day)
    assert told == (birthdays, birthdays)
    lowest, highest = age_at(str(born.year), at) or (0, birthdays)
    assert lowest <= birthdays <= highest


# --- the operator's lists -----------------------------------------------------------------------

LISTED = [
    ("locked in", "They are LOCKED\n in all day", True, "case and spaces do not matter"),
    ("locked in", "They are locked-in", True, "a hyphen is a space"),
    ("locked in", "It is blocked in the street", False, "only whole words"),
    ("locked in", "The locked inn", False, "only whole words, at the end"),
    ("ayuda", "¡AYÚDA!", True, "accents do not matter"),
    ("помогите", "ПОМОГИТЕ нам", True, "Cyrillic"),
    ("помог", "помогите", False, "Cyrillic, a part of a word"),
    ("النجدة", "النَّجْدة الآن", True, "Arabic, with its vowels"),
    ("نجدة", "النجدة", False, "Arabic, a part of a word"),
    ("ช่วยด้วย", "ใครก็ได้ช่วยด้วยนะ", True, "Thai writes no spaces"),
    ("救命", "有人喊救命了", True, "nor does Chinese"),
    ("help", "h\u200be\u00adlp me", True, "what is not seen does not hide it"),
    ("help", "ｈｅｌｐ", True, "full-width letters"),
    ("straße", "an der STRASSE", True, "one letter folds to two"),
    ("a.b", "axb", False, "no pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "text", "found", "why"), LISTED)
def test_a_word_is_found_whole_in_any_script(word, text, found, why):
    told = signs([text], {"mine": words.parse({"risk": "life", "words": [word]})})
    assert bool(told) == found, why
    assert all(word in row["reason"] and "mine" in row["reason"] for row in told)
    assert all(row["to"] == "life" and row["sign"] == "words" for row in told)


@given(
    st.text(alphabet="ab éÉß救ช่น\u0301\u200b-", max_size=12),
    st.text("abé救น", min_size=1, max_size=3),
)
def test_a_span_is_where_the_word_stands(text, word):
    (phrase,) = words.phrases({"x": words.parse({"risk": "life", "words": [word]})})
    for start, end in words.spans(text, phrase):
        assert text[start:end].translate(words.LETTERS).strip() == word.translate(words.LETTERS)


def test_our_own_lists_are_empty_and_an_empty_list_finds_nothing() -> None:
    said = ["help me, they have locked us in, she is afraid"]
    assert signs(said) == []
    assert signs(said, {"mine": words.parse({"risk": "life", "words": []})}) == []
    assert signs(said, {"mine": words.parse({"risk": "life"})}) == []


def test_a_list_does_not_find_out_whom_a_masked_value_names() -> None:
    listed = {"names": words.parse({"risk": "life", "words": ["7946", "hidden.name"]})}
    assert signs(["Call 020 7946 0018 or hidden.name@example.org"], listed) == []


BAD = [
    ("risk: death\nwords: [a]", "life or child"),
    ("words: [a]", "life or child"),
    ("risk: life\nwords: a", "list of texts"),
    ("risk: life\nwords: ['...']", "no letter"),
    ("risk: life\nword: [a]", "knows no 'word'"),
    ("- a", "no map"),
    ("{", "no YAML"),
]


@pytest.mark.parametrize(("content", "why"), BAD)
def test_a_faulty_list_is_refused_with_its_fault(content, why, tmp_path):
    path = tmp_path / "list.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(words.ListError, match=why):
        words.read(path)


def test_a_page_says_once_what_its_adverts_say_and_what_a_site_prints_everywhere() -> None:
    footer = "Our helper is 12 years old, do enjoy it and tell all of your friends about it today."
    pages = [f"{' '.join([word] * 30)}\n{footer}" for word in ("one", "two", "three")]
    found = signs(pages, kind=EventKind.PAGE)
    assert len(found) == 3 and len({row["of"] for row in found}) == 1


# --- the queues --------------------------------------------------------------------------------

ADVERT = """<article class="ad"><h2>{title}</h2><p class="date">Posted 2026-03-{day:02} 10:00</p>
<p class="body">{body}</p><p class="place">Leeds</p><p class="contact">{contact}</p></article>"""


def write(folder: Path) -> Path:
    folder.mkdir()
    rows = [
        ("Kitchen helper", 1, "A helper for our kitchen, nine pounds an hour.", "020 7946 0018"),
        ("Office cleaner", 3, "Evening work, paid weekly.", "020 7946 0018 or 020 7946 0027"),
        ("Helper", 5, "Aged 16, helps in a house, any day.", "020 7946 0700"),
        ("Helper again", 6, "Aged 16, helps in a house, every day.", "020 7946 0700"),
    ]
    adverts = "".join(ADVERT.format(title=t, day=d, body=b, contact=c) for t, d, b, c in rows)
    page = f"<html><head><title>Work</title></head><body>{adverts}</body></html>"
    (folder / "page.html").write_text(page, encoding="utf-8")
    (folder / "ad.warc.gz").write_bytes(warc())
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("risk")
    Workspace.new(folder / "case", grant(), actor="tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        stated = Statement(region="GB", zone="Europe/London")
        workspace.add([str(write(folder / "evidence"))], stated)
        workspace.note("She is 15 years old and cannot leave the house", "2026-03-08T10:00Z")
    return folder / "case"


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "case"))


def first(queue: answers.Queue) -> answers.Event:
    return queue.events[0]


def test_an_event_at_risk_that_nothing_links_stands_on_top_until_somebody_looks(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        queue = workspace.queue()
        alone = [e for e in queue.events if e.kind == "note"]
        assert len(alone) == 1 and alone[0].risk
        assert "15" in alone[0].risk.why and alone[0].risk.rests_on
        assert not any(alone[0].id in (x.a.node, x.b.node) for x in queue.links)
        waiting = workspace.status().at_risk
        assert waiting == queue.at_risk > 0
        for limit in (1, 2):
            few = workspace.queue(limit)
            assert few.at_risk == queue.at_risk and few.total == queue.total
        before = {e.id for e in queue.events}
        workspace.decide("confirm", alone[0].id, reason="Called the duty officer")
        after = workspace.queue()
        assert {e.id for e in after.events} == before - {alone[0].id}
        assert after.at_risk == queue.at_risk - 1
        shown = workspace.show(alone[0].id).event
        assert shown and shown.risk, "looked at, and still at risk"


@pytest.mark.parametrize("act", ["confirm", "reject", "exculpatory", "shelter", "risk", "no-risk"])
def test_whoever_decides_on_an_event_at_risk_has_looked_at_it(act, case):
    with Workspace.open(case, "tester") as workspace:
        event = first(workspace.queue())
        workspace.decide(act, event.id, reason="Looked into it")
        assert event.id not in {e.id for e in workspace.queue().events}
        shown = workspace.show(event.id).event
        assert shown and (shown.risk is None) == (act == "no-risk")


def test_the_log_says_that_an_event_at_risk_was_shown_in_the_queue(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        queue = workspace.queue(limit=50)
        ids = [x.id for x in (*queue.events, *queue.links, *queue.findings)]
        ids += [f"person:{person.number}" for person in queue.persons]
        with workspace.case.catalogue.read() as connection:
            detail = connection.execute(
                sa.select(c.custody_detail.c.detail).order_by(c.custody_detail.c.number.desc())
            ).scalar()
    assert queue.events, "the events are what was left out once"
    digest = hashlib.sha256("\n".join(sorted(set(ids))).encode()).hexdigest()
    assert digest in str(detail)


def test_links_and_hits_at_risk_come_first(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        links = workspace.queue().links
        marks = [link.risk is not None for link in links]
        assert any(marks) and marks == sorted(marks, reverse=True)
        for words_ in ("helper", "house", ""):
            hits = workspace.search(words_).hits
            marks = [hit.event.risk is not None for hit in hits]
            assert any(marks) and marks == sorted(marks, reverse=True), words_


def test_no_risk_takes_the_mark_off_everywhere_and_risk_puts_it_back(case: Path) -> None:
    phone = "phone:+442079460700"
    with Workspace.open(case, "tester") as workspace:
        events = [e for e in workspace.show(phone).events if e.kind == "advert"]
        assert events and all(e.risk for e in events)
        assert workspace.network(phone).identities[0].risk
        for event in events:
            workspace.decide("no-risk", event.id, reason="An actor's advert, age of the part")
        assert not any(e.risk for e in workspace.show(phone).events if e.kind == "advert")
        assert workspace.network(phone).identities[0].risk is None
        workspace.decide("risk", phone, reason="The carrier's register shows a pupil")
        told = workspace.network(phone).identities[0].risk
        assert told and told.by == "tester" and "pupil" in told.why
        assert all(e.risk for e in workspace.show(phone).events if e.kind == "advert")
        assert all(e.risk for e in workspace.timeline(phone).events)
        links = [x for x in workspace.queue().links if phone in (x.a.node, x.b.node)]
        assert links and all(link.risk for link in links)
        workspace.decide("no-risk", phone, reason="She is at home, seen today")
        assert workspace.network(phone).identities[0].risk is None


def test_a_person_said_to_be_at_risk_is_marked_with_all_that_is_theirs(case: Path) -> None:
    phone = "phone:+442079460018"
    with Workspace.open(case, "tester") as workspace:
        assert not any(e.risk for e in workspace.show(phone).events if e.kind == "advert")
        workspace.decide("open_person", "P1", reason="Named in a tip")
        workspace.decide("open_person", "P2", reason="Named in a tip")
        workspace.decide("tie", "person:2", phone, "Register of the carrier")
        workspace.decide("risk", "person:2", reason="Asked for help at the counter")
        people = workspace.queue().persons
        assert [p.number for p in people] == [2, 1] and people[0].risk
        assert all(e.risk for e in workspace.show(phone).events if e.kind == "advert")
        identity = workspace.network(phone).identities[0]
        assert identity.risk
        workspace.decide("no-risk", identity.id, reason="Spoken to, safe")
        assert workspace.network(phone).identities[0].risk is None


def test_what_is_no_risk_to_speak_of_is_refused(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        event = first(workspace.queue())
        with pytest.raises(Invalid):
            workspace.decide("no-risk", event.id, reason=" ")
        with pytest.raises(Invalid):
            workspace.decide("risk", event.id, event.id, reason="x")


def test_a_list_counts_from_the_next_run_on_and_can_be_emptied(case: Path, tmp_path: Path) -> None:
    path = tmp_path / "work.yaml"
    with Workspace.open(case, "tester") as workspace:
        assert workspace.words().lists == []
        path.write_text("risk: life\nwords: [restaurant looks]\n", encoding="utf-8")
        told = workspace.words(path).lists
        assert [(one.name, one.risk, one.words) for one in told] == [
            ("work", "life", ["restaurant looks"])
        ]
        assert workspace.status().stale
        workspace.run()
        top = first(workspace.queue())
        assert top.risk and top.risk.to == "life" and "restaurant looks" in top.risk.why
        assert workspace.verify().sound
        path.write_text("risk: life\nwords: []\n", encoding="utf-8")
        workspace.words(path)
        workspace.run()
        assert not any("life" in e.risk.to for e in workspace.queue().events if e.risk)


def test_confirming_an_event_confirms_none_of_its_links(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        link = next(x for x in workspace.queue().links if x.risk)
        ends = [end.node for end in (link.a, link.b) if end.kind == "event"]
        for event in ends:
            workspace.decide("confirm", event, reason="Read, and true")
        shown = workspace.show(link.id).link
        assert shown and shown.decision is None
        assert link.id in {x.id for x in workspace.queue().links}
        assert workspace.share("table", "Prosecutor", "Charging").rows["links"] == 0
