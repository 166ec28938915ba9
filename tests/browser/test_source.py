"""What can be held against the workbench's source and build without a browser."""

import json
import re
from pathlib import Path

import pytest

from palermo.ui.rest.workbench import FOLDER

WEB = Path(__file__).parents[2] / "web"
SHELL = 300_000  # bytes of script before a view is chosen

pytestmark = pytest.mark.skipif(not WEB.is_dir(), reason="the workbench's source is not here")


def sources():
    return [p for p in (WEB / "src").rglob("*.ts*") if p.name != "schema.d.ts"]


def test_no_text_becomes_markup():
    for path in sources():
        text = path.read_text(encoding="utf-8")
        for way in ("dangerouslySetInnerHTML", "innerHTML", "outerHTML", "insertAdjacentHTML",
                    "document.write", "eval(", "new Function"):  # fmt: skip
            assert way not in text, f"{path.name} uses {way}"


def test_features_do_not_import_each_other():
    for path in sources():
        own = path.relative_to(WEB / "src").parts
        if own[0] != "features":
            continue
        for other in re.findall(r'"@/features/([a-z]+)', path.read_text(encoding="utf-8")):
            assert other == own[1], f"{path.name} imports from features/{other}"


def test_nothing_shared_is_under_a_licence_that_binds_our_users():
    lock = json.loads((WEB / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: of for name, of in lock["packages"].items() if name}
    assert len(packages) > 50
    for name, package in packages.items():
        licence = package.get("license", "")
        assert licence, f"{name} states no licence"
        assert not re.search(r"\b(A|L)?GPL", licence), f"{name}: {licence}"


def test_the_lock_names_no_host_but_the_registry():
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    hosts = set(re.findall(r'"resolved": "https?://([^/"]+)', text))
    assert hosts <= {"registry.npmjs.org"}
    lock = json.loads(text)
    assert all("integrity" in of for name, of in lock["packages"].items() if name)


def built(pattern):
    found = sorted((FOLDER / "assets").glob(pattern)) if FOLDER.is_dir() else []
    if not found:
        pytest.skip("the workbench is not built: cd web && npm ci && npm run build")
    return found


def test_the_shell_is_small_and_the_map_and_the_network_come_when_asked_for():
    index = (FOLDER / "index.html") if built("*.js") else None
    assert index is not None
    html = index.read_text(encoding="utf-8")
    first = re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', html)
    assert first
    assert sum((FOLDER / path).stat().st_size for path in first) < SHELL
    assert not [path for path in first if "map" in path or "network" in path]


def test_the_page_asks_nobody_else_for_anything():
    built("*.js")
    html = (FOLDER / "index.html").read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)", html)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "surface"), ("ink", "ground"), ("ink", "hover"), ("ink", "bad-soft"),
        ("ink", "warn-soft"), ("ink", "good-soft"), ("ink", "same"), ("ink-soft", "surface"),
        ("ink-soft", "ground"), ("ink-soft", "raised"), ("ink-soft", "hover"),
        ("accent", "surface"), ("accent", "accent-soft"), ("accent", "hover"),
        ("accent-ink", "accent"), ("mark-ink", "mark"), ("good", "good-soft"),
        ("warn", "warn-soft"), ("bad", "bad-soft"), ("good", "surface"), ("bad", "surface"),
        ("map-label", "map-land"),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(ink, ground):
    """WCAG 2.2, 1.4.3 (AA): at least 4.5 to 1 in both schemes."""
    css = (WEB / "src" / "styles" / "tokens.css").read_text(encoding="utf-8")
    pairs = dict(
        (name, (light, dark))
        for name, light, dark in re.findall(
            r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", css
        )
    )
    for scheme in (0, 1):
        assert contrast(pairs[ink][scheme], pairs[ground][scheme]) >= 4.5, (ink, ground, scheme)
