"""Pictures in the workbench: blurred, clear for a reason, blurred again, or none at all."""

import re
import shutil
from urllib.parse import quote

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import expect

from case import grant
from palermo.look.picture import COARSE
from palermo.store.case import Case
from palermo.workspace import Workspace

TOKEN = "a-token-of-this-start"
pytestmark = pytest.mark.browser


def asked(page, path):
    answer = page.evaluate("path => fetch(path).then(answer => answer.json())", f"/api/{path}")
    assert "error" not in answer, answer
    return answer


def event(page, kind, detail):
    """Return the id of an event of a kind that shows a picture and has a detail."""
    listed = [h["event"] for h in asked(page, f"search?words=&kind={kind}&limit=500")["hits"]]
    # a posting is listed once, by a sighting that need not be the one with the picture
    told = asked(page, "timeline?limit=5000")["events"] if kind == "advert" else []
    for found in [*listed, *(e for e in told if e["kind"] == kind)]:
        if found["details"].get(detail) and asked(page, f"show?id={found['id']}")["pictures"]:
            return found["id"]
    pytest.fail(f"the training case holds no {kind} with a picture")


def width(page, place=".picture img"):
    """Return how many pixels of a picture the browser holds."""
    image = page.locator(place).first
    expect(image).to_be_visible()
    page.wait_for_function("place => document.querySelector(place)?.naturalWidth > 0", arg=place)
    return image.evaluate("image => image.naturalWidth")


@pytest.fixture
def photograph(page):
    id = event(page, "photograph", "sha256")
    page.goto(f"/item/{quote(id)}")
    return id


def test_a_picture_is_blurred_until_a_reason_is_given_and_then_again(page, photograph, shot):
    assert width(page) <= COARSE
    shot("picture-blurred")
    button = page.get_by_role("button", name="Show the picture")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("recorded in the custody log")
    expect(dialog.get_by_role("button", name="Show the picture")).to_be_disabled()
    page.keyboard.type("To tell which room it is")
    shot("picture-reason")
    dialog.get_by_role("button", name="Show the picture").click()
    figure = page.locator("figure.picture").first
    expect(figure).to_have_attribute("data-clear", "true")
    expect(figure).to_contain_text("that you have been shown: 1.")
    assert width(page) > 100
    expect(figure.get_by_role("img")).to_have_attribute(
        "alt", re.compile(r"^Picture of exhibit \d")
    )
    shot("picture-clear")
    page.keyboard.press("Escape")
    expect(figure).to_have_attribute("data-clear", "false")
    assert width(page) <= COARSE
    button.click()  # the reason is remembered while this page is looked at
    expect(figure).to_contain_text("that you have been shown: 2.")
    figure.get_by_role("button", name="Blur it again").click()
    expect(figure).to_have_attribute("data-clear", "false")
    assert width(page) <= COARSE
    page.goto("/custody")
    rows = page.locator("tbody tr", has_text=re.compile("picture shown clear", re.IGNORECASE))
    expect(rows).to_have_count(2)


def test_another_page_asks_for_its_own_reason(page, photograph):
    page.get_by_role("button", name="Show the picture").click()
    page.keyboard.type("To tell which room it is")
    page.get_by_role("dialog").get_by_role("button", name="Show the picture").click()
    expect(page.locator("figure.picture[data-clear=true]")).to_have_count(1)
    page.locator(".facts a", has_text="EX-").first.click()
    expect(page.locator(".item-kind")).to_have_text("Exhibit")
    assert width(page) <= COARSE
    page.get_by_role("button", name="Show the picture").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("figure.picture[data-clear=true]")).to_have_count(0)


@pytest.mark.parametrize(("kind", "detail"), [("advert", "pictures"), ("message", "attachment")])
def test_what_an_advert_or_a_message_shows_is_beside_its_text(page, shot, kind, detail):
    page.goto(f"/item/{event(page, kind, detail)}")
    assert width(page) <= COARSE
    shot(f"picture-{kind}")


def test_both_ends_of_a_link_show_the_same_picture_side_by_side(page, trained, shot):
    tables = Case.open(trained).tables()
    links = tables.sql("SELECT id FROM links WHERE kind = 'same_picture' ORDER BY id")["id"]
    tables.close()
    page.goto(f"/item/{links[0]}")
    sides = page.locator(".split .panel")
    for n in (0, 1):
        expect(sides.nth(n).locator(".picture img").first).to_be_visible()
    assert sides.nth(0).bounding_box()["y"] == sides.nth(1).bounding_box()["y"]
    shot("picture-link")


def test_whoever_decides_on_a_link_sees_the_pictures_of_its_ends(page, shot):
    links = asked(page, "queue?limit=500")["links"]
    ends = {link["id"]: link["a"]["node"] for link in links if link["a"]["kind"] == "event"}
    id = next(id for id, end in ends.items() if asked(page, f"show?id={end}")["pictures"])
    page.goto(f"/review?id={id}")
    expect(page.locator(".side-of .picture img").first).to_be_visible()
    assert width(page) <= COARSE
    shot("picture-review")


def test_rows_of_photographs_are_blurred_too_and_nothing_is_asked_for_unseen(page, shot):
    asked_for = []
    page.on("request", lambda r: asked_for.append(r.url) if "/api/picture" in r.url else None)
    page.goto("/search?kind=photograph")
    rows = page.locator(".event .picture")
    expect(rows.first).to_be_visible()
    assert width(page) <= COARSE
    page.wait_for_load_state("networkidle")
    assert 0 < len(asked_for) < rows.count()
    shot("picture-rows")


def test_from_right_to_left_a_picture_stays_on_the_page(page, photograph, shot):
    page.evaluate("document.documentElement.dir = 'rtl'")
    width(page)
    frame, panel = page.locator(".picture-frame"), page.locator(".panel:has(.picture)")
    box, around = frame.bounding_box(), panel.bounding_box()
    assert around["x"] <= box["x"] and box["x"] + box["width"] <= around["x"] + around["width"]
    assert box["x"] + box["width"] / 2 > around["x"] + around["width"] / 2
    shot("picture-rtl")


@pytest.mark.parametrize("by", ["the start", "the authority"])
def test_without_pictures_none_is_asked_for_and_the_page_says_why(
    chromium, trained, serving, tmp_path, by
):
    case = shutil.copytree(trained, tmp_path / "case")
    if by == "the authority":
        with Workspace.open(case, "analyst") as workspace:
            workspace.authorise(grant(scope={"pictures": "none"}))
    with serving(case, pictures=by == "the authority") as address:
        context = chromium.new_context(base_url=address)
        page = context.new_page()
        asked_for = []
        page.on("request", lambda r: asked_for.append(r.url) if "/api/picture" in r.url else None)
        page.goto(f"/#token={TOKEN}")
        page.get_by_role("heading", level=1).wait_for()
        page.goto(f"/item/{event(page, 'photograph', 'sha256')}")
        expect(page.locator(".picture-none").first).to_contain_text("none is shown")
        expect(page.locator(".picture img")).to_have_count(0)
        page.goto("/search?kind=photograph")
        expect(page.locator(".event .picture-none").first).to_contain_text("No pictures here")
        page.wait_for_load_state("networkidle")
        context.close()
    assert asked_for == []
