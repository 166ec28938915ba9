"""WhatsApp exports: layouts, date orders, what the application wrote, and broken files."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.decode.chat.lines import LINE_LIMIT, MESSAGE_LIMIT
from palermo.decode.decoder import Context
from palermo.decode.whatsapp import Whatsapp
from palermo.testing import check_decoder
from palermo.vocabulary import Event, Kind, Problem, Role, Statement

HOUR, DAY = 3600, 86400


def context(name: str = "chat.txt", **statement: str) -> Context:
    return Context(exhibit="x" + "0" * 32, name=name, statement=Statement(**statement))


def read(text: str | bytes, name: str = "chat.txt", **statement: str):
    raw = text.encode() if isinstance(text, str) else text
    items = list(Whatsapp().read(io.BytesIO(raw), context(name, **statement)))
    events = [item for item in items if isinstance(item, Event)]
    return events, [item for item in items if isinstance(item, Problem)]


def test_the_golden_results_of_chat_miner(shared: Callable[[str], Path]) -> None:
    folder = shared("chats/chat-miner/whatsapp")
    wanted = {
        (row["timestamp"], row["author"], row["message"])
        for row in json.loads((folder / "target.json").read_text())
    }
    files = sorted(folder.glob("*.txt"))
    assert len(files) == 5
    for file in files:
        items = check_decoder(Whatsapp(), file.read_bytes(), context(file.name))
        events = [item for item in items if isinstance(item, Event)]
        assert len(events) == len(items) == 9, file.name
        assert {e.details["date_order_confidence"] for e in events} == {"certain"}
        found = {
            (
                e.time.strftime("%Y-%m-%dT%H:%M:%S"),
                e.parties[0].value,
                e.text[e.parties[0].end :].removeprefix(": ").replace("\n", " "),
            )
            for e in events
            if e.parties
        }
        assert wanted <= found, file.name
        assert sum(e.details.get("system") == "yes" for e in events) == 2


LAYOUTS = [
    # the start of a line, the moment, seconds of precision, why
    ("20/01/19, 11:25 - ", (2019, 1, 20, 11, 25), 60, "British Android"),
    ("1/20/19, 11:25\u202fPM - ", (2019, 1, 20, 23, 25), 60, "American, narrow no-break space"),
    ("1/20/19, 12:05 AM - ", (2019, 1, 20, 0, 5), 60, "midnight in half-days"),
    ("1/20/19, 12:05 PM - ", (2019, 1, 20, 12, 5), 60, "noon in half-days"),
    ("[20.01.19, 11:25:07] ", (2019, 1, 20, 11, 25, 7), 1, "German iPhone"),
    ("\u200e[20/01/2019, 11:25:07 p.\u00a0m.] ", (2019, 1, 20, 23, 25, 7), 1, "Spanish iPhone"),
    ("[20.1.2019 klo 11.25.07] ", (2019, 1, 20, 11, 25, 7), 1, "Finnish iPhone"),
    ("20.01.2019 г., 11:25 - ", (2019, 1, 20, 11, 25), 60, "Bulgarian"),
    ("20. 1. 2019. 11:25 - ", (2019, 1, 20, 11, 25), 60, "Croatian"),
    ("2019. 01. 20. 11:25 - ", (2019, 1, 20, 11, 25), 60, "Hungarian"),
    ("2019. 1. 20. 오후 11:25 - ", (2019, 1, 20, 23, 25), 60, "Korean, marker first"),
    ("2019/1/20 下午11:25 - ", (2019, 1, 20, 23, 25), 60, "Chinese"),
    ("2019/1/20 凌晨12:25 - ", (2019, 1, 20, 0, 25), 60, "Chinese small hours"),
    ("2019年1月20日 11:25 - ", (2019, 1, 20, 11, 25), 60, "date in characters"),
    ("2019-01-20 11 h 25 - ", (2019, 1, 20, 11, 25), 60, "Canadian French"),
    ("20/01/2019 à 11:25 - ", (2019, 1, 20, 11, 25), 60, "French"),
    ("20-01-19 11:25 - ", (2019, 1, 20, 11, 25), 60, "Dutch"),
    ("11:25, 20/1/2019 - ", (2019, 1, 20, 11, 25), 60, "Vietnamese, time first"),
    ("[11:25 CH, 20/1/2019] ", (2019, 1, 20, 23, 25), 60, "Vietnamese half-day, copied"),
    ("\u200f٢٠\u200f/١\u200f/٢٠١٩، ١١:٢٥ م - ", (2019, 1, 20, 23, 25), 60, "Arabic digits"),
    ("۲۰۱۹/۱/۲۰،\u200f ۱۱:۲۵ ق.ظ. - ", (2019, 1, 20, 11, 25), 60, "Persian digits, Gregorian year"),
    ("२०/१/२०१९, ११:२५ अपराह्न - ", (2019, 1, 20, 23, 25), 60, "Devanagari digits"),
    ("20/1/2562 11:25 - ", (2019, 1, 20, 11, 25), 60, "Thai Buddhist year"),
    ("๒๐/๑/๖๒ ๑๑:๒๕ - ", (2019, 1, 20, 11, 25), 60, "Thai digits, two of the year"),
    ("20/1/19 11:25 μ.μ. - ", (2019, 1, 20, 23, 25), 60, "Greek"),
    ("20.1.2019, 11:25 ÖS - ", (2019, 1, 20, 23, 25), 60, "Turkish"),
]


@pytest.mark.parametrize(("start", "moment", "precision", "why"), LAYOUTS)
def test_layouts(start: str, moment: tuple[int, ...], precision: int, why: str) -> None:
    raw = f"{start}Ana: hello\n{start}Bo: you".encode()
    assert Whatsapp().accepts(raw, context()) >= 0.8, why
    events, problems = read(raw)
    assert [e.time for e in events] == [datetime(*moment, tzinfo=UTC)] * 2, why
    assert events[0].time_error == 14 * HOUR + precision
    assert events[0].zone == "unknown"
    assert events[0].text == "Ana: hello"
    assert not problems
    assert events[0].details["date_order_confidence"] == "certain"
    check_decoder(Whatsapp(), raw)


def dates(*days: str) -> str:
    return "\n".join(f"{day}, 10:{n:02} - Ana: message {n}" for n, day in enumerate(days))


ORDERS = [
    # dates, region, order, confidence, why
    (["01/02/24", "13/02/24"], None, "dmy", "certain", "no thirteenth month"),
    (["02/01/24", "02/13/24"], None, "mdy", "certain", "the last line decides, not the first"),
    (["24/01/02", "24/01/13"], None, "ymd", "certain", "first is neither day nor month"),
    (["10/06/24"], "KR", "ymd", "assumed", "only the region tells"),
    (["05/05/24", "05/05/24"], "US", "mdy", "certain", "both readings are the same day"),
    (["01/02/24"], None, "dmy", "assumed", "nothing tells"),
    (["01/02/24"], "US", "mdy", "assumed", "only the region tells"),
    (["01/02/2024"], "GB", "dmy", "assumed", "only the region tells"),
    (["2024/02/01"], "GB", "ymd", "certain", "four digits first"),
    (["3/1/24", "4/1/24", "5/1/24", "6/1/24", "7/1/24"], None, "dmy", "likely", "days in a row"),
    (["1/3/24", "1/4/24", "1/5/24", "1/6/24", "1/7/24"], None, "mdy", "likely", "days in a row"),
    (["9/1/24", "1/2/24", "9/2/24", "1/3/24", "9/3/24", "1/4/24"], None, "dmy", "certain",
     "read the other way, time runs backward again and again"),
]  # fmt: skip


@pytest.mark.parametrize(("days", "region", "order", "confidence", "why"), ORDERS)
def test_date_order(
    days: list[str], region: str | None, order: str, confidence: str, why: str
) -> None:
    events, problems = read(dates(*days), **({"region": region} if region else {}))
    details = events[0].details
    assert (details["date_order"], details["date_order_confidence"]) == (order, confidence), why
    assert details["date_order_reason"]
    assert [p.kind for p in problems] == (["assumed date order"] if confidence == "assumed" else [])


def test_an_open_order_widens_the_error_to_the_other_reading() -> None:
    [event], _ = read("01/02/24, 10:00 - Ana: hi", region="GB", zone="Europe/London")
    other = datetime(2024, 1, 2, 10, tzinfo=UTC)
    assert event.time == datetime(2024, 2, 1, 10, tzinfo=UTC)
    assert event.time - timedelta(seconds=event.time_error) <= other
    assert event.zone == "assumed Europe/London"


def test_american_writing_is_a_reason_for_month_first() -> None:
    [event], [problem] = read("1/2/24, 10:00 AM - Ana: hi")
    assert event.details["date_order"] == "mdy"
    assert "American" in problem.message


def test_one_pasted_line_does_not_turn_the_order() -> None:
    days = [f"{day:02}/{month:02}/24" for month in range(1, 13) for day in (1, 5, 9, 12)]
    events, _ = read(dates(*days) + "\n12/25/24, 11:00 - Bo: pasted")
    assert events[0].details["date_order"] == "dmy"
    assert events[0].details["date_order_confidence"] == "likely"
    assert events[-1].time is None  # there is no 25th month: kept, without a time


@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2039, 12, 31)),
    st.lists(st.integers(0, 30 * 24 * 60), min_size=1, max_size=40),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%y", "%Y-%m-%d", "%d.%m.%y", "%y. %m. %d."]),
)
def test_the_true_time_is_always_within_the_error(
    begin: datetime, gaps: list[int], pattern: str
) -> None:
    """Whatever the order chosen, no stated time excludes the truth."""
    moments = [begin.replace(second=0, microsecond=0)]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(minutes=gap))
    zone = "Asia/Ho_Chi_Minh"
    text = "\n".join(f"{m.strftime(pattern + ', %H:%M')} - Ana: hi" for m in moments)
    events, _ = read(text, zone=zone)
    assert len(events) == len(moments)
    for event, moment in zip(events, moments, strict=True):
        true = moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        assert event.time is not None
        assert abs((event.time - true).total_seconds()) <= event.time_error
        assert event.text == "Ana: hi"


def test_clock_change_is_in_the_error() -> None:
    [event], _ = read("27/10/24, 01:30 - Ana: hi", zone="Europe/London")
    assert event.time == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)
    assert event.time_error == 60 + HOUR


def test_an_unknown_half_day_marker_is_told_and_widens_the_error() -> None:
    [event], [problem] = read("20/01/19, 11:25 zz - Ana: hi", zone="UTC")
    assert problem.kind == "half of the day"
    assert event.time_error == 60 + DAY // 2


@pytest.mark.parametrize("year", ["1402", "1445"])
def test_years_of_another_calendar_get_no_time(year: str) -> None:
    events, problems = read(f"{year}/1/2, 11:25 - Ana: hi")
    assert events[0].time is None
    assert events[0].time_written == f"{year}/1/2, 11:25"
    assert [p.kind for p in problems] == ["date"]


CONTENT = [
    ("<Media omitted>", {"media": "omitted"}, "Android, English"),
    ("<Multimedia omitido>", {"media": "omitted"}, "Android, Spanish"),
    ("<Без медиафайлов>", {"media": "omitted"}, "Android, Russian"),
    ("\u200eimage omitted", {"media": "omitted"}, "iPhone, English"),
    ("Bild weggelassen", {"media": "omitted"}, "iPhone, German, mark lost"),
    ("I omitted the image", {}, "words of a person"),
    ("<3 you>", {}, "words of a person in brackets"),
    ("IMG-20240101-WA0001.jpg (file attached)", {"attachment": "IMG-20240101-WA0001.jpg"}, "own"),
    ("IMG-20240101-WA0001.jpg (xyz qqq)", {"attachment": "IMG-20240101-WA0001.jpg"},
     "a name of WhatsApp's making needs no language"),
    ("lease.pdf (archivo adjunto)\nsee page 2", {"attachment": "lease.pdf"}, "with a caption"),
    ("lease.pdf (you promised it)", {}, "words of a person after a file's name"),
    ("\u200e<attached: 00000012-PHOTO-2024-01-01-10-10-10.jpg>",
     {"attachment": "00000012-PHOTO-2024-01-01-10-10-10.jpg"}, "iPhone"),
    ("\u200e<pièce jointe : bail.pdf>", {"attachment": "bail.pdf"}, "iPhone, French"),
    ("This message was deleted", {"deleted": "yes"}, "English"),
    ("You deleted this message", {"deleted": "by the phone's holder"}, "tells whose phone it is"),
    ("تم حذف هذه الرسالة", {"deleted": "yes"}, "Arabic"),
    ("See you at 6 \u200e<This message was edited>", {"edited": "yes"}, "edited"),
    ("\u200ePOLL:\nWhich day?\n\u200eOPTION: Monday (2 votes)", {"poll": "Which day?"}, "poll"),
    ("Example Person.vcf (file attached)", {"attachment": "Example Person.vcf"}, "contact card"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "why"), CONTENT)
def test_content(text: str, wanted: dict[str, str], why: str) -> None:
    events, _ = read(f"[20/01/19, 11:25:00] Ana: {text}\n[20/01/19, 11:26:00] Bo: ok")
    keys = {"media", "attachment", "deleted", "edited", "poll"}
    assert {k: v for k, v in events[0].details.items() if k in keys} == wanted, why
    assert "system" not in events[0].details
    assert events[0].parties[0].value == "Ana"


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("location: https://maps.google.com/?q=51.507351,-0.127758", (51.507351, -0.127758)),
        ("\u200eUbicación: https://maps.google.com/?q=-33.45,-70.66", (-33.45, -70.66)),
        ("look https://maps.google.com/?q=51.5,-0.12", None),
        ("location: https://maps.google.com/?q=91.5,-0.12", None),
    ],
)
def test_a_pin_is_a_position_and_a_typed_link_is_not(text, position) -> None:
    events, _ = read(f"20/01/19, 11:25 - Ana: {text}")
    assert ((events[0].lat, events[0].lon) if events[0].lat else None) == position


AUTHORS = [
    ("+44 20 7946 0001: hi", "+44 20 7946 0001", Kind.PHONE, "a number not in the address book"),
    ("\u202a+44 20 7946 0001\u202c: hi", "+44 20 7946 0001", Kind.PHONE, "in direction marks"),
    ("~\u202fAna: hi", "Ana", Kind.NAME, "the name that a sender gave themselves"),
    ("Ana 2: price: 10", "Ana 2", Kind.NAME, "a colon in the words"),
    ('Ana "Bo" Example: hi', 'Ana "Bo" Example', Kind.NAME, "a nickname"),
]


@pytest.mark.parametrize(("rest", "value", "kind", "why"), AUTHORS)
def test_authors(rest: str, value: str, kind: Kind, why: str) -> None:
    [event], _ = read(f"20/01/19, 11:25 - {rest}")
    [party] = event.parties
    assert (party.role, party.kind, party.value) == (Role.SENDER, kind, value), why
    assert event.text[party.start : party.end] == value
    assert event.text == rest


@pytest.mark.parametrize(
    "line",
    [
        "20/01/19, 11:25 - Messages and calls are end-to-end encrypted.",
        '20/01/19, 11:25 - Ana created group "Trip: north"',
        "[20/01/19, 11:25:00] Trip north: \u200eAna added Bo",
    ],
)
def test_notices_are_kept_and_have_no_sender(line: str) -> None:
    [event], _ = read(line)
    assert event.details["system"] == "yes"
    assert not event.parties


TWO = "20/01/19, 11:25 - Ana: hi\n20/01/19, 11:26 - Bo: hello"
HOLDER = "phone:+442079460002"


def roles(event: Event) -> set[tuple[str, str]]:
    return {(party.role.value, party.value) for party in event.parties}


def test_recipients_only_in_a_chat_that_is_surely_between_two() -> None:
    events, _ = read(TWO, "WhatsApp Chat with Ana.txt", holder=HOLDER)
    assert roles(events[0]) == {("sender", "Ana"), ("recipient", "Bo"), ("recipient", HOLDER[6:])}
    assert roles(events[1]) == {("sender", "Bo"), ("sender", HOLDER[6:]), ("recipient", "Ana")}
    for name, text in (
        ("WhatsApp Chat with Trip north.txt", TWO),
        ("WhatsApp Chat with Ana.txt", TWO + "\n20/01/19, 11:27 - Cy: hey"),
        ("WhatsApp Chat with Ana.txt", '20/01/19, 11:24 - Cy created group "Ana"\n' + TWO),
    ):
        events, _ = read(text, name, holder=HOLDER)
        assert all(party.role == Role.SENDER for e in events for party in e.parties), name
        assert HOLDER[6:] not in {party.value for e in events for party in e.parties}


def test_thread_is_the_chat_not_the_file() -> None:
    line = "[20/01/19, 11:25:00] Trip north: \u200eMessages are end-to-end encrypted."
    for name, thread in (
        ("_chat.txt", "Trip north"),
        ("WhatsApp Chat - Ana (1).zip/_chat.txt", "WhatsApp Chat - Ana"),
        ("WhatsApp Chat with Ana.txt", "WhatsApp Chat with Ana"),
    ):
        events, _ = read(line, name)
        assert events[0].details["thread"] == thread


def test_lines_of_another_layout_stay_in_the_message_and_are_told() -> None:
    text = TWO + "\n[20/01/19, 09:00:00] Eve: pasted from elsewhere\n20/01/19, 11:27 - Bo: bye"
    events, problems = read(text)
    assert [e.text.split(":")[0] for e in events] == ["Ana", "Bo", "Bo"]
    assert "pasted from elsewhere" in events[1].text
    assert [(p.kind, p.count) for p in problems] == [("layout", 1)]


def test_a_message_out_of_order_is_marked() -> None:
    events, _ = read(TWO + "\n20/01/19, 09:00 - Bo: put in later")
    assert ["out_of_order" in e.details for e in events] == [False, False, True]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_map_every_word_to_its_bytes(charset: str, newline: str) -> None:
    lines = [
        "20/01/19, 11:25 - Änne: grüß \U0001f642 สวัสดี",
        "second ਊ line",
        "20/01/19, 11:26 - Bo: ਊ",
    ]
    raw = (newline.join(lines) + newline).encode(charset)
    items = check_decoder(Whatsapp(), raw)
    assert [type(item) for item in items] == [Event, Event]
    event = items[0]
    assert event.text == lines[0][18:] + newline + lines[1]
    payload = Whatsapp().payload(io.BytesIO(raw), event.locator)
    [run] = event.map
    assert payload[run.first : run.last].decode(event.details["charset"]) == event.text


def test_bad_bytes_are_shown_told_and_lose_nothing_around_them() -> None:
    events, problems = read(b"20/01/19, 11:25 - Ana: caf\xe9 \xff noon\n20/01/19, 11:26 - Bo: ok")
    assert events[0].text == "Ana: caf\ufffd \ufffd noon"
    assert len(events) == 2
    assert [(p.kind, p.locator) for p in problems] == [("encoding", "offset:0;length:35")]


def test_text_before_the_first_message_is_told() -> None:
    events, problems = read("end of a message\n" + TWO)
    assert len(events) == 2
    assert [(p.kind, p.locator) for p in problems] == [("not understood", "offset:0;length:17")]


def test_huge_lines_are_cut_and_nothing_is_lost() -> None:
    words = "x" * (MESSAGE_LIMIT + 3 * LINE_LIMIT)
    raw = f"20/01/19, 11:25 - Ana: {words}\n20/01/19, 11:26 - Bo: ok".encode()
    events, problems = read(raw)
    assert "".join(e.text for e in events[:-1]) == f"Ana: {words}"
    assert events[1].details["continues"] == "yes"
    assert max(len(e.text) for e in events) <= MESSAGE_LIMIT
    assert [p.kind for p in problems] == ["long message"]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (b"", "empty"),
        (b"Dear all,\nthe meeting is on 20/01/19, 11:25 - come", "a letter"),
        (b"PK\x03\x04 20/01/19, 11:25 - Ana: hi", "a ZIP"),
        (b"date,from,to\n20/01/19,1,2\n", "a table"),
    ],
)
def test_other_files_are_not_taken_for_a_chat(head: bytes, why: str) -> None:
    assert Whatsapp().accepts(head, context()) == 0, why
    assert [type(item) for item in Whatsapp().read(io.BytesIO(head), context())] == [Problem]


def test_a_program_s_log_is_hardly_a_chat() -> None:
    for log in (b"[2024-01-01 10:00:00] INFO: started", b"2024-01-01 10:00:00 - main - started"):
        assert Whatsapp().accepts(log, context()) <= 0.1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_raising(raw: bytes) -> None:
    check_decoder(Whatsapp(), b"20/01/19, 11:25 - Ana: hi\n" + raw, variants=0)
