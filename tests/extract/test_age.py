"""A count of years is an age where it is said of a person, and none where something lasted so long."""

import polars as pl
import pytest

from palermo.extract import age
from palermo.extract.counted import IN_DOUBT
from palermo.review.risk import OF_A_PERSON
from palermo.testing import check_extractor
from palermo.wiring import plugins

AGES = [
    ("Looking for a family, my daughter is 9 years old", {"9"}, "English, of a child"),
    ("Help wanted, 17 years old and strong", {"17"}, "English, who is looked for"),
    ("We are 16 and 17, looking for a room", {"16"}, "English, of two"),
    ("I am 17, can work weekends", {"17"}, "English, no word for years"),
    ("Tengo 17 años y trabajo en casa", {"17"}, "Spanish, work follows an age"),
    ("Busco trabajo, 17 años, seria y puntual", {"17"}, "Spanish, who looks for work"),
    ("Mi hija 9 años necesita clases", {"9"}, "Spanish, of a child"),
    ("¿Cuántos años tienes? Tengo 15", {"15"}, "Spanish, asked for"),
    ("Jeune fille 17 ans cherche une famille", {"17"}, "French"),
    ("Cherche travail, 17 ans, sérieuse", {"17"}, "French, who looks for work"),
    ("Minha filha tem 9 anos", {"9"}, "Portuguese"),
    ("Ho 17 anni e lavoro nei fine settimana", {"17"}, "Italian, work follows an age"),
    ("Mia figlia, 9 anni, cerca una maestra", {"9"}, "Italian, set off"),
    ("Fata mea are 9 ani", {"9"}, "Romanian"),
    ("Am 16 ani și caut de lucru", {"16"}, "Romanian, work is looked for after an age"),
    ("Bună, am 23 de ani", {"23"}, "Romanian, of oneself"),
    ("Miriam 15 años, busca familia", {"15"}, "a name that ends like a word for an age"),
    ("Unsere Tochter, 9 Jahre, sucht Unterricht", {"9"}, "German"),
    ("Моей дочке 9 лет, ищем няню", {"9"}, "Russian"),
    ("Ищу работу, 17 лет, ответственная", {"17"}, "Russian, who looks for work"),
    ("Моїй доньці 9 років", {"9"}, "Ukrainian"),
    ("Vajza ime 9 vjet", {"9"}, "Albanian"),
    ("Oğlum 9 yaşında", {"9"}, "Turkish"),
    ("ابنتي 9 سنوات تحتاج معلمة", {"9"}, "Arabic, of a child"),
    ("دخترم 9 سال دارد", {"9"}, "Persian"),
    ("میری بیٹی 9 سال کی ہے", {"9"}, "Urdu"),
    ("मेरी बेटी 9 साल की है", {"9"}, "Hindi"),
    ("আমার মেয়ে ৯ বছর", {"9"}, "Bengali"),
    ("ลูกสาว 9 ขวบ", {"9"}, "Thai, a child's years"),
    ("หญิงสาว 17 ปี", {"17"}, "Thai, of a young woman"),
    ("女儿9岁了，找老师", {"9"}, "Chinese, is nine now"),
    ("Con trai 9 tuổi", {"9"}, "Vietnamese"),
    ("Anak saya 9 tahun", {"9"}, "Indonesian"),
    ("9 taong gulang ang anak ko", {"9"}, "Tagalog"),
    ("Η κόρη μου είναι 9 χρονών", {"9"}, "Greek"),
]  # fmt: skip

LASTED = [
    ("Doing this for 12 years", "English, work"),
    ("We are 3 people with two bags", "English, how many"),
    ("She's 2 streets away", "English, a way"),
    ("I'm 5 stops from the centre", "English, a way, no unit of time"),
    ("Tengo 5 plazas para mañana", "Spanish, seats"),
    ("Llevo 15 años en esto", "Spanish, work"),
    ("Tengo 12 años haciendo mudanzas", "Spanish, a verb that goes on"),
    ("Desde hace 9 años alquilo habitaciones", "Spanish, trade"),
    ("Je fais cela depuis 10 ans", "French, work"),
    ("J'ai 15 ans de métier", "French, trade"),
    ("Tenho 12 anos de experiência", "Portuguese, work"),
    ("Moro aqui há 9 anos", "Portuguese, residence"),
    ("Ho 15 anni di esperienza", "Italian, work"),
    ("Abito qui da 12 anni", "Italian, residence"),
    ("Am 15 ani de experiență în curățenie", "Romanian, work"),
    ("Am 5 locuri libere", "Romanian, seats"),
    ("Open from 8 am 15 minutes away", "English, a time of day"),
    ("Fac asta de 16 ani și îmi place", "Romanian, work"),
    ("Wir machen das 12 Jahre", "German, work"),
    ("Занимаюсь этим 13 лет", "Russian, work"),
    ("Стаж 15 лет", "Russian, tenure"),
    ("Мне 5 мест не нужно", "Russian, seats"),
    ("15-летний опыт работы с детьми", "Russian, an adjective of experience"),
    ("Працюю тут 14 років", "Ukrainian, work"),
    ("Bëj këtë punë 12 vjet", "Albanian, work"),
    ("أعمل في هذا منذ 7 سنة", "Arabic, work"),
    ("با 15 سال سابقه", "Persian, tenure"),
    ("یہ کام 12 سال سے کر رہے ہیں", "Urdu, work"),
    ("यह काम 7 साल से कर रहे हैं", "Hindi, work"),
    ("এই কাজ 12 বছর ধরে করছি", "Bengali, work"),
    ("ทำมา 13 ปีแล้ว", "Thai, work"),
    ("เปิดร้านมา 9 ปี", "Thai, a shop that is open"),
    ("2013年开店，做了15年", "Chinese, a date and work"),
    ("今年5月开始", "Chinese, a month"),
    ("Đã làm 12 năm", "Vietnamese, work"),
    ("Sudah 12 tahun melayani", "Indonesian, work"),
    ("Κάνω αυτό 12 χρόνια", "Greek, work"),
    ("ለ 12 ዓመት ሠርቻለሁ", "Amharic, work"),
]  # fmt: skip


def read(text: str) -> list[dict]:
    [claims] = check_extractor(plugins("extractors")["age"], [text], None)
    return claims


@pytest.mark.parametrize(("text", "ages", "why"), AGES)
def test_an_age_of_a_person_is_sure_enough_to_be_a_sign(text, ages, why):
    assert ages <= {c["value"] for c in read(text) if c["confidence"] >= OF_A_PERSON}, why


@pytest.mark.parametrize(("text", "why"), LASTED)
def test_years_that_something_lasted_are_no_age(text, why):
    assert not read(text) or max(c["confidence"] for c in read(text)) < OF_A_PERSON, why


def test_years_of_which_nothing_tells_whose_they_are_stay_in_doubt() -> None:
    [claim] = read("en el barrio 12 años con vistas")
    assert claim["confidence"] == pytest.approx(IN_DOUBT)
    assert "not said of whom" in claim["reason"]


def test_where_an_age_is_spoken_a_numbers_end_stands_before_a_word_for_age():
    numbers = [*age._NUMBERS, *(f"twenty {unit}" for unit in age._UNITS.split("|"))]
    after = (" years old", " лет", "岁", " años", " ani", "-year-old", "LIK")
    texts = pl.Series([f"{number}{word}" for number in numbers for word in after])
    spoken, ended = (texts.str.contains(p) for p in (age.Age.spoken, age.Age.ended))
    assert spoken.sum() > 1000
    assert not (spoken & ~ended).any()


@pytest.mark.parametrize(
    "text",
    ["ExposureProgram: 2\nISOSpeedRatings: 64", "Telegram 15, signal 16", "Page 12 of 14"],
)
def test_the_end_of_a_word_leads_to_no_age(text: str) -> None:
    assert check_extractor(plugins("extractors")["age"], [text]) == [[]]
