"""Watches, alerts and leads at the workbench: begun, told with why, decided on, and seen once."""

import os
import re
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import Page, expect

from case import grant
from linked_case import ADVERT, STATED, A
from palermo.workspace import Workspace

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("PALERMO_SCREENSHOTS")
NIGHT = "Steady hands wanted for night shifts in our small packing hall."
ADVERTS = [
    ("Packer", 1, f"{NIGHT} Pay is 9.50 GBP per hour.", "Leeds", "020 7946 0018"),
    ("Packers", 5, f"Start on Monday. {NIGHT}", "York", "020 7946 0018"),
    ("Loader", 6, f"Lift boxes. {NIGHT} Pay is 9.50 GBP per hour.", "Leeds", "020 7946 0111"),
]


@pytest.fixture
def desk(working, tmp_path: Path):
    named = ("title", "day", "body", "place", "contact")
    body = "\n".join(ADVERT.format(**dict(zip(named, row, strict=True))) for row in ADVERTS)
    html = f"<html><head><title>Work</title></head><body>{body}</body></html>"
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    Workspace.new(tmp_path / "case", grant(), "analyst")
    with Workspace.open(tmp_path / "case", "analyst") as workspace:
        workspace.add([str(tmp_path / "page.html")], STATED)
        workspace.run()
        workspace.decide("confirm", A, reason="The carrier's register")
        workspace.watch("+44 20 7946 0888", "Named in the tip of 2 March")
        workspace.note("The driver called from +44 20 7946 0888")
    with working(tmp_path / "case") as page:
        yield page


def at(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()


def shown(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)


def test_an_alert_is_on_the_overview_leads_to_the_bytes_and_is_seen_once(desk: Page) -> None:
    waiting = desk.get_by_role("status").filter(has_text="1 new sighting of watched values")
    expect(waiting).to_be_visible()
    shown(desk, "overview-alerts")
    waiting.get_by_role("link").click()
    alert = desk.get_by_role("article", name=re.compile("^Alert"))
    expect(alert).to_contain_text(re.compile("phone~[A-Z2-7]{13}"))
    expect(alert).not_to_contain_text("0888")  # nobody but the note's author has shown it
    expect(alert).to_contain_text("Named in the tip of 2 March")
    shown(desk, "alerts")
    alert.get_by_role("link", name="Why?").click()
    expect(desk.get_by_role("heading", name="In the original")).to_be_visible()

    at(desk, "/alerts")
    desk.get_by_role("button", name="I have seen these").click()
    expect(desk.get_by_text("Nothing new of what is watched.")).to_be_visible()
    at(desk, "/")
    expect(desk.get_by_text("of watched values")).to_have_count(0)


def test_a_watch_is_begun_refused_and_ended_with_a_reason(desk: Page) -> None:
    at(desk, "/alerts")
    form = desk.get_by_role("region", name="Watch a value")
    form.get_by_role("textbox", name=re.compile("^Value")).fill("Mara Quill")
    form.get_by_role("textbox", name=re.compile("^Reason")).fill("Named in a tip")
    form.get_by_role("button", name="Watch a value").click()
    expect(form.get_by_text("a name is no identifier", exact=False)).to_be_visible()
    form.get_by_role("textbox", name=re.compile("^Value")).fill("@example_travel")
    form.get_by_role("button", name="Watch a value").click()
    begun = desk.get_by_role("article", name="Watch 2")
    expect(begun).to_contain_text("as a handle of any platform")
    expect(begun).to_contain_text("nowhere yet")
    begun.get_by_role("button", name="End").click()
    asked = desk.get_by_role("dialog")
    asked.get_by_label("Reason").fill("It is found")
    asked.get_by_role("button", name="End").click()
    expect(begun).to_contain_text("It is found")
    expect(begun.get_by_role("button", name="End")).to_have_count(0)
    shown(desk, "watches")


def test_a_lead_is_suggested_with_reasons_and_gone_when_rejected(desk: Page) -> None:
    at(desk, "/search?words=packing")
    desk.locator(".event a").first.click()
    desk.get_by_role("heading", level=1).wait_for()
    desk.locator("a[href^='/item/i']").first.click()
    leads = desk.get_by_role("region", name="Leads")
    leads.get_by_role("button", name="Look for leads").click()
    lead = leads.get_by_role("article").first
    expect(lead).to_contain_text("Nearly the same text")
    expect(leads).to_contain_text("no probability")
    shown(desk, "leads")
    lead.get_by_role("button", name="Reject").click()
    asked = desk.get_by_role("dialog")
    asked.get_by_label("Reason").fill("Another hall, exhibit 1")
    asked.get_by_role("button", name="Record the decision").click()
    expect(leads.get_by_text("Nobody outside it has anything in common")).to_be_visible()
