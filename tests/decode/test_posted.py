"""Times of posting are read in any language, and never more surely than they are written."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.decode.web.posted import habit, place_in_time, read_posted

CAPTURED = datetime(2024, 5, 20, 12, 0, tzinfo=UTC)
HOUR, DAY, WEEK = 3600, 86400, 7 * 86400

AGO = [
    ("2 hours ago", 2 * HOUR, HOUR),
    ("Posted 5 mins ago in Leeds", 300, 60),
    ("3d ago", 3 * DAY, DAY),
    ("an hour ago", HOUR, HOUR),
    ("hace 3 días", 3 * DAY, DAY),
    ("Publicado hace 1 hora", HOUR, HOUR),
    ("acum 2 zile", 2 * DAY, DAY),
    ("acum 20 de minute", 1200, 60),
    ("5 giờ trước", 5 * HOUR, HOUR),
    ("منذ ٣ ساعات", 3 * HOUR, HOUR),
    ("قبل 4 أيام", 4 * DAY, DAY),
    ("2 часа назад", 2 * HOUR, HOUR),
    ("10 минут назад", 600, 60),
    ("3 ชั่วโมงที่แล้ว", 3 * HOUR, HOUR),
    ("๓ วันที่ผ่านมา", 3 * DAY, DAY),
    ("发布于3小时前", 3 * HOUR, HOUR),
    ("2 天前", 2 * DAY, DAY),
    ("vor 2 Wochen", 2 * WEEK, WEEK),
    ("il y a 3 heures", 3 * HOUR, HOUR),
    ("3 godziny temu", 3 * HOUR, HOUR),
    ("2 saat önce", 2 * HOUR, HOUR),
    ("3시간 전", 3 * HOUR, HOUR),
    ("yesterday", DAY, DAY),
    ("сегодня", 0, DAY),
    ("hôm qua", DAY, DAY),
    ("昨天", DAY, DAY),
]


@pytest.mark.parametrize(("text", "ago", "unit"), AGO, ids=[row[0] for row in AGO])
def test_relative(text, ago, unit):
    posted = place_in_time(read_posted(text), CAPTURED, None, None)
    assert posted.time == CAPTURED - timedelta(seconds=ago)
    assert posted.error == unit
    assert place_in_time(read_posted(text), None, None, None) is None


DATED = [
    ("2024-05-03T10:15:00+02:00", "2024-05-03T08:15:00", 60, "+02:00"),
    ("2024-05-03 10:15Z", "2024-05-03T10:15:00", 60, "+00:00"),
    ("3 May 2024", "2024-05-03T00:00:00", 3 * HOUR * 8 + 14 * HOUR, "unknown"),
    ("May 3rd, 2024 at 4:05 pm", "2024-05-03T16:05:00", 60 + 14 * HOUR, "unknown"),
    ("3 de mayo de 2024", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("3 mai 2024, 14:30", "2024-05-03T14:30:00", 60 + 14 * HOUR, "unknown"),
    ("ngày 3 tháng 5 năm 2024", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("٣ مايو ٢٠٢٤", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("3 мая 2024", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("3 พฤษภาคม 2567", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("3 พ.ค. 2567", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("2024年5月3日 18:20", "2024-05-03T18:20:00", 60 + 14 * HOUR, "unknown"),
    ("2024년 5월 3일", "2024-05-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("24/12/2023", "2023-12-24T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("12/24/2023", "2023-12-24T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("03.03.24", "2024-03-03T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("24 December", "2023-12-24T00:00:00", DAY + 14 * HOUR, "unknown"),
    ("09/08/2023", "2023-09-08T00:00:00", 30 * DAY + DAY + 14 * HOUR, "unknown"),
    ("05/06/2024", "2024-05-06T00:00:00", DAY + 14 * HOUR, "unknown"),
]


@pytest.mark.parametrize(("text", "time", "error", "zone"), DATED, ids=[row[0] for row in DATED])
def test_dated(text, time, error, zone):
    posted = place_in_time(read_posted(text), CAPTURED, None, None)
    assert posted.time.isoformat() == time + "+00:00"
    assert (posted.error, posted.zone) == (error, zone)


def test_a_stated_zone_is_assumed_and_said_to_be():
    posted = place_in_time(read_posted("3 May 2024 09:00"), CAPTURED, "Asia/Bangkok", None)
    assert posted.time == datetime(2024, 5, 3, 2, 0, tzinfo=UTC)
    assert (posted.error, posted.zone) == (60, "assumed Asia/Bangkok")


def test_the_order_of_day_and_month_is_the_pages_own():
    page = [read_posted("03/04/2024"), read_posted("25/04/2024")]
    assert habit(page, "") is True
    assert habit([read_posted("04/25/2024")], "") is False
    assert habit(page[:1], "en") is None
    assert habit(page[:1], "en-us") is False
    posted = place_in_time(page[0], CAPTURED, None, True)
    assert posted.time.month == 4 and posted.error == DAY + 14 * HOUR


NONE = [
    "",
    "Room for 2",
    "020 7946 0018",
    "£120",
    "7/10 people",
    "31/31/2024",
    "a 5 star hotel",
    "in 2 hours",
]


@pytest.mark.parametrize("text", NONE)
def test_no_time(text):
    assert read_posted(text) is None


@given(st.text(max_size=60))
def test_any_text(text):
    reading = read_posted(text)
    for captured in (CAPTURED, None):
        if reading is not None:
            place_in_time(reading, captured, "Europe/London", None)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2024, 5, 1)))
def test_what_an_ambiguous_date_means_is_within_its_error(moment):
    for form in ("%d/%m/%Y", "%m/%d/%Y"):
        posted = place_in_time(read_posted(moment.strftime(form)), CAPTURED, None, None)
        true = moment.replace(tzinfo=UTC)
        assert abs(posted.time - true) <= timedelta(seconds=posted.error)
