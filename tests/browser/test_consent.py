"""A consent recorded, used and withdrawn at the workbench of an organisation."""

import os
from pathlib import Path

import pytest

from consented_case import CLINIC, IN_CHAT, make

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PALERMO_SCREENSHOTS")


@pytest.fixture
def desk(working, tmp_path: Path):
    """The workbench on a case of the profile `ngo`."""
    with working(make(tmp_path)) as page:
        yield page


def shown(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_a_consent_is_recorded_told_under_and_withdrawn(desk: Page) -> None:
    expect(desk.get_by_text("nothing is shared by default", exact=False)).to_be_visible()
    shown(desk, "overview-ngo")
    desk.goto("/consent")
    form = desk.get_by_role("heading", name="Record a consent").locator("xpath=../..")
    form.get_by_label("Who gives it").fill("Mara Quill")
    form.get_by_label("Language it was explained in").fill("ro")
    form.get_by_label("What it may be used for").fill("A place to stay")
    form.get_by_label("Guardian or advocate").fill("G-2")
    form.get_by_label("With whom it may be shared").fill(f"{CLINIC}\n")
    form.get_by_role("button", name="Record a consent").click()
    expect(form.get_by_text("is no reference", exact=False)).to_be_visible()
    form.get_by_label("Who gives it").fill("W-20")
    form.get_by_role("button", name="Record a consent").click()
    expect(form.get_by_role("status")).to_contain_text("consent 3")
    recorded = desk.get_by_role("article", name="Consent 3")
    expect(recorded).to_contain_text("treated as a child")
    expect(recorded).to_contain_text(CLINIC)
    shown(desk, "consent")

    desk.goto("/note")
    desk.get_by_label("What was observed").fill("The gate is locked at night")
    seal = desk.get_by_role("button", name="Seal the note")
    seal.click()
    expect(desk.get_by_text("without the consent", exact=False)).to_be_visible()
    desk.get_by_label("Told under consent").select_option("3")
    seal.click()
    expect(desk.get_by_role("status")).to_contain_text("Sealed")

    desk.goto("/consent")
    given = desk.get_by_role("article", name="Consent 1")
    given.get_by_role("button", name="Withdraw").click()
    given.get_by_label("How it was withdrawn").fill("W-07 called")
    given.get_by_role("button", name="Withdraw").click()
    expect(given).to_contain_text("was withdrawn", timeout=30_000)
    shown(desk, "consent-withdrawn")
    desk.goto(f"/search?words={IN_CHAT.split()[1]}")
    expect(desk.get_by_text(IN_CHAT, exact=False)).to_have_count(0)
