"""The fonts that the report is set in: what they cover, and that they may be shipped.

Run as a script, it writes `coverage.txt` again after the fonts have changed.
"""

import pytest

from palermo.share.paper.pdf import FONTS, coverage

ttlib = pytest.importorskip("fontTools.ttLib", reason="fontTools reads the fonts' tables")

# Invisible in every font that knows them, or disallowed in an archival PDF.
NEVER = {0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xE000, 0xF900)}


def covered() -> set[int]:
    points: set[int] = set()
    for path in sorted(FONTS.glob("*.ttf")):
        points |= set(ttlib.TTFont(path, lazy=True).getBestCmap())
    return {p for p in points if p >= 0x20} - NEVER - set(range(0x7F, 0xA0))


def ranges(points: set[int]) -> str:
    lines: list[str] = []
    ordered = sorted(points)
    for n, point in enumerate(ordered):
        if n and ordered[n - 1] == point - 1:
            continue
        last = point
        while last + 1 in points:
            last += 1
        lines.append(f"{point:x}" if last == point else f"{point:x}-{last:x}")
    return "\n".join(lines) + "\n"


def test_coverage_is_what_the_fonts_hold():
    assert coverage() == covered(), "run `python tests/share/test_fonts.py` after changing fonts"


def test_fonts_say_a_free_licence_and_bring_its_text():
    texts = "\n".join(p.read_text("utf-8", "replace") for p in FONTS.glob("*.txt"))
    assert "SIL OPEN FONT LICENSE" in texts and "Apache License" in texts
    for path in FONTS.glob("*.ttf"):
        said = ttlib.TTFont(path, lazy=True)["name"].getDebugName(13) or ""
        beside = list(FONTS.glob(f"*-{path.stem.split('-')[0]}.txt"))
        assert "SIL Open Font License" in said or "Apache License" in said or beside, path.name


@pytest.mark.parametrize(
    "text",
    ["ñ ő", "Nguyễn ặ", "Привет", "Ελλάδα", "مرحبا", "สวัสดี", "出租房间", "방", "שלום", "📞", "𝗕"],
)
def test_every_script_that_reports_need_is_covered(text: str):
    assert {ord(c) for c in text} <= coverage()


if __name__ == "__main__":
    (FONTS / "coverage.txt").write_text(ranges(covered()), "ascii", newline="\n")
