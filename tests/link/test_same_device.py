import pytest

from evidence import Case
from palermo.link.identities import identities
from palermo.link.same_device import SameDevice

SERIAL = "exif:Example:C1:1234"


def photograph(case: Case, key: str, holder: str | None, serial: str | None = SERIAL) -> str:
    claims = [("device", "device", serial)] if serial else []
    claims += [("holder", "phone", holder)] if holder else []
    return case.event(key, kind="photograph", claims=claims)


@pytest.mark.parametrize(
    ("photographs", "together", "why"),
    [
        ([(None, SERIAL), (None, SERIAL)], ["0", "1"], "one camera"),
        ([("+442079460001", SERIAL)], ["0", "phone:+442079460001"], "a camera with one holder"),
        (
            [("+442079460001", SERIAL), ("+442079460002", SERIAL)],
            ["0", "1"],
            "the pictures still share the camera; neither holder owns it",
        ),
    ],
)
def test_what_is_held_together(photographs, together, why):
    case = Case()
    ids = [photograph(case, str(n), *p) for n, p in enumerate(photographs)]
    nodes = identities(SameDevice().match(case)).to_pylist()
    where = {row["node"]: row["identity"] for row in nodes}
    names = [ids[int(x)] if x.isdigit() else x for x in together]
    assert len({where[x] for x in names}) == 1, why
    assert len({where[x] for x in where if x.startswith("phone:")}) == len(
        [x for x in where if x.startswith("phone:")]
    ), "a borrowed camera merges no holders"


def test_a_picture_without_a_camera_is_not_tied_to_the_holder():
    case = Case()
    photograph(case, "a", "+442079460001", None)
    links = SameDevice().match(case)
    assert links.num_rows == 1
    assert len({r["identity"] for r in identities(links).to_pylist()}) == 2
