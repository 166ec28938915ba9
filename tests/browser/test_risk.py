"""A risk to life or to a child in the workbench: first on the overview and in the review, with why."""

import re
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import expect

import linked_case
from palermo.workspace import Workspace

pytestmark = pytest.mark.browser


@pytest.fixture
def risky(working, tmp_path: Path):
    case = linked_case.make(tmp_path)
    with Workspace.open(case, "analyst") as workspace:
        workspace.note("She is 15 years old and cannot leave the house", "2026-03-08T10:00Z")
    with working(case) as page:
        yield page


def test_what_is_at_risk_stands_first_with_its_reason_until_somebody_looks(risky):
    expect(risky.get_by_role("alert")).to_contain_text("Risk to life or to a child: 1 waiting")
    risky.get_by_role("alert").get_by_role("link").click()
    first = risky.locator(".waiting li").first
    expect(first).to_contain_text("Risk to child")
    expect(first).to_contain_text("it states an age of 15")
    buttons = risky.locator(".deciding button kbd").all_inner_texts()
    told = risky.get_by_text(re.compile("^Keys:")).inner_text()
    walked = told.removeprefix("Keys: j and k walk; ").split(";")[0]
    assert [part.split(" ")[0] for part in walked.split(", ")] == buttons == list("crehxn")
    risky.keyboard.press("n")
    risky.get_by_label("Reason").fill("Called: an actor's part")
    risky.keyboard.press("Control+Enter")
    expect(risky.get_by_role("status").filter(has_text="recorded")).to_be_visible()
    expect(risky.locator(".waiting li").first).not_to_contain_text("Risk to")
    risky.goto("/")
    expect(risky.get_by_role("heading", level=1)).to_be_visible()
    expect(risky.get_by_text("Risk to life or to a child")).to_have_count(0)


def test_an_event_is_marked_at_risk_or_as_a_shelter_where_it_is_shown(risky):
    risky.goto("/search?words=kitchen")
    risky.locator(".event a").first.click()
    risky.get_by_role("button", name="Shelter", exact=True).wait_for()
    risky.get_by_role("button", name="Mark a risk").click()
    risky.get_by_label("Reason").fill("She asked for help at the counter")
    risky.get_by_role("button", name="Record the decision").click()
    expect(risky.locator(".risk").first).to_contain_text("asked for help")
    expect(risky.get_by_role("button", name="No risk")).to_be_visible()
