"""Who is refused as an authority of immigration control, and who is not."""

import pytest

from palermo.safeguards.rules.immigration import for_enforcement

REFUSED = [
    ("ICE", "an agency by its letters"),
    ("I.C.E.", "with points"),
    ("IСЕ", "with Cyrillic letters"),
    ("U.S. Immigration and Customs Enforcement", "in full"),
    ("CBP", "an agency by its letters"),
    ("Frontex", "an agency"),
    ("UKVI", "an agency by its letters"),
    ("UK Visas and Immigration", "in full"),
    ("Ausländerbehörde", "German"),
    ("Auslaenderbehoerde", "German without marks"),
    ("Migrationsamt", "German"),
    ("移民局", "Chinese"),
    ("入国管理", "Japanese"),
    ("Préfecture - éloignement", "French"),
    ("Office of returns", "a task by another word"),
    ("Home Office Removals", "a task of a ministry"),
    *((f"Immigration {o}", "an office") for o in ("Police", "Office", "Department", "Bureau")),
    *((f"immigration {o}", "an office") for o in ("authority", "service")),
    ("Department of Immigration", "the other way round"),
    ("Inspectoratul General pentru Imigrări", "Romanian"),
    ("управление по вопросам миграции", "Russian"),
    ("الهجرة والجوازات", "Arabic"),
    ("cục quản lý xuất nhập cảnh", "Vietnamese"),
    ("สำนักงานตรวจคนเข้าเมือง", "Thai"),
    ("Immigrati0n Enforcement", "a figure for a letter"),
    ("IMMlGRATION removals", "a letter for a letter"),
    ("Immigrаtion enforcement", "a Cyrillic letter"),
    ("I m m i g r a t i o n enforcement", "letters set apart"),
    ("Immi-gration en.force.ment", "words broken up"),
    ("Immi\u200bgration enforcement", "what cannot be seen"),
]
ALLOWED = [
    ("Immigration Legal Aid Clinic", "it helps"),
    ("Refugee council", "it helps"),
    ("Anti-trafficking unit, border police investigation", "it investigates the offence"),
    ("Prosecutor: ice cream van case", "a word"),
    ("PROSECUTOR: ICE CREAM VAN CASE", "a word in capitals"),
    ("justice", "letters within a word"),
    ("office", "letters within a word"),
    ("NOTICE OF OFFICE", "letters within words in capitals"),
    ("Ministry of Justice", "a ministry"),
    ("International Organization for Migration", "it protects"),
    ("Trade-port authority", "letters over two words"),
    ("Forged papers: Ausweisfälschung", "an offence"),
    ("Protection order: éloignement du conjoint", "it protects"),
    ("Office for tax returns", "other returns"),
    ("Прокуратура", "a prosecutor"),
]


@pytest.mark.parametrize(("said", "why"), REFUSED)
def test_an_authority_of_immigration_control_is_refused(said: str, why: str) -> None:
    assert for_enforcement(said), why


@pytest.mark.parametrize(("said", "why"), ALLOWED)
def test_others_are_not(said: str, why: str) -> None:
    assert not for_enforcement(said), why
