"""Every matcher keeps its promises on a case that has something for each of them."""

from datetime import timedelta

import pyarrow as pa
import pytest

from evidence import START, Case
from palermo import wiring
from palermo.testing import check_matcher

TEXT = "bright room near the library with a desk and a quiet kitchen, bills are within the rent"
TURNS = "two friendly people clean carpets and curtains at your home and bring all that they need"


def mixed() -> Case:
    case = Case()
    for n in range(6):
        phone = f"+4420794600{n // 2:02d}"
        picture = ("content", "picture", "sha256:" + "ab" * 32)
        time = START + timedelta(days=n)
        text = f"{TEXT} {n} {phone}"
        case.advert(
            f"a{n}", f"phone:{phone}", "email:x@example.org", claims=[picture], text=text, time=time
        )
    for n in range(6):  # two numbers that take turns under one text and picture
        picture = ("content", "picture", "sha256:" + "cd" * 32)
        values = {"text": f"{TURNS} {n}", "time": START + timedelta(days=n)}
        case.advert(f"t{n}", f"phone:+4420794601{n // 3:02d}", claims=[picture], **values)
    claims = [("device", "device", "exif:Example:C1:1234"), ("holder", "phone", "+442079460000")]
    case.event("photo", kind="photograph", claims=claims, details={"sha256": "ab" * 32})
    claims = [("payer", "iban", "GB00EXAMPLE"), ("payer", "phone", "+442079460001")]
    case.event("pay", kind="payment", claims=claims, time=START)
    return case


@pytest.mark.parametrize("matcher", wiring.plugins("matchers").values(), ids=lambda m: m.name)
def test_promises(matcher):
    case = mixed()
    plugins = wiring.plugins("matchers")
    before = [plugins[name].match(case) for name in getattr(matcher, "after", ())]
    if before:
        case.links = pa.concat_tables(before)
    assert check_matcher(matcher, case).num_rows > 0
    assert check_matcher(matcher, Case()).num_rows == 0
