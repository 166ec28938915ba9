"""Walks through the workbench as an analyst takes them."""

import re
from urllib.parse import quote

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
from playwright.sync_api import expect

TOKEN = "a-token-of-this-start"
pytestmark = pytest.mark.browser

VIEWS = {
    "/": "case",
    "/search": "Search",
    "/timeline": "Timeline and map",
    "/network": "Network",
    "/review": "Review",
    "/review?log=1": "Review",
    "/share": "Share",
    "/note": "Note",
    "/consent": "Consent",
    "/check": "Check",
    "/exhibits": "Exhibits",
    "/problems": "Problems",
    "/custody": "Custody log",
}


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_opens_by_its_address(page, path):
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text(VIEWS[path])
    expect(page.get_by_role("alert")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").count() == 1
    unnamed = page.eval_on_selector_all(
        "input, select, textarea, button, a[href]",
        """all => all.filter(e => !e.labels?.length && !e.getAttribute('aria-label')
            && !e.textContent.trim() && !e.title && !e.closest('.maplibregl-map')).length""",
    )
    assert unnamed == 0, "something can be used that has no name"


def test_the_token_leaves_the_address_and_no_script_can_read_it(page):
    assert "#" not in page.url
    assert page.evaluate("document.cookie") == ""
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("case")


def test_without_the_token_the_case_stays_closed(chromium, address):
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto("/network")
    expect(page.get_by_role("heading", level=1)).to_contain_text("closed to this page")
    assert page.locator("nav").count() == 0
    context.close()


def test_from_a_finding_back_to_the_words_in_the_original(page, shot):
    finding = page.locator("article.finding").first
    expect(finding.locator(".counter")).to_contain_text("Against it")
    expect(finding).to_contain_text("Suggested by machine")
    shot("overview")
    finding.get_by_role("link", name="Why?").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("way back")
    steps = page.locator(".chain > li")
    expect(steps.first).to_have_attribute("data-what", "finding")
    expect(page.locator(".chain > li[data-what=exhibit]").first).to_be_visible()
    original = page.locator(".original").first
    expect(original.locator("mark")).not_to_be_empty()
    expect(original).to_have_attribute("data-verified", "true")
    expect(original).to_contain_text(re.compile(r"bytes [\d,]+ to [\d,]+|whole record"))
    shot("why")
    page.locator(".chain > li[data-what=event] a").first.click()
    expect(page.locator(".item-kind")).to_have_text("Event")
    expect(page.locator(".evidence mark").first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("way back")


def test_from_a_finding_to_its_network_and_its_map(page, shot):
    circuit = page.locator("article.finding").filter(has=page.get_by_text("circuit", exact=True))
    circuit.locator("h3 a").first.click()
    page.get_by_role("link", name="In the network").click()
    expect(page.locator(".network .canvas[data-ready]")).to_be_visible()
    expect(page.locator(".network [role=status]")).to_contain_text("identities")
    shot("network-around")
    page.locator(".network .choice").first.click()
    expect(page.locator(".network .beside h3").first).to_be_visible()
    page.get_by_role("link", name="On the timeline and map").click()
    expect(page.locator(".place-map[data-ready=true]")).to_be_visible()
    expect(page.locator(".stay").first).to_be_visible()
    shot("movements")


def test_the_time_brushed_narrows_the_map_and_the_list(page, shot):
    page.goto("/timeline")
    expect(page.locator(".place-map[data-ready=true]")).to_be_visible()
    before = page.locator(".timeline [role=status]").inner_text()
    strip = page.locator(".strip svg")
    box = strip.bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + 260, box["y"] + 30, steps=5)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"since=\d{4}-\d\d-\d\d&until="))
    expect(page.locator(".timeline [role=status]")).not_to_have_text(before)
    shot("timeline")
    page.get_by_role("button", name="Whole time").click()
    expect(page.locator(".timeline [role=status]")).to_have_text(before)


def test_a_tie_in_the_network_says_what_it_is(page, shot):
    page.goto("/network")
    expect(page.locator(".network .canvas[data-ready]")).to_be_visible()
    shot("network")
    page.locator(".network .choice").first.click()
    ties = page.locator(".network .choice")
    ties.first.click()
    expect(page.locator(".network .reason").first).to_contain_text("times")


def test_a_link_is_decided_by_keyboard_with_a_reason_and_is_gone(page, shot):
    page.goto("/review")
    expect(page.locator(".waiting li").first).to_be_visible()
    told = page.locator(".waiting li").all_inner_texts()
    first = next(n for n, one in enumerate(told) if "Link," in one)
    for _ in range(first):
        page.keyboard.press("j")
    current = page.locator(".waiting [aria-current]")
    expect(current).to_contain_text("Link,")
    id = page.locator(".waiting li:has([aria-current])").get_attribute("data-id")
    expect(page.locator(".split .loading")).to_have_count(0)
    shot("review")
    page.keyboard.press("r")
    reason = page.get_by_label("Reason")
    expect(reason).to_be_focused()
    expect(page.get_by_role("button", name="Record the decision")).to_be_disabled()
    page.keyboard.type("Two offices that share a building, not a person")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").filter(has_text="recorded")).to_be_visible()
    expect(page.locator(f".waiting li[data-id={id}]")).to_have_count(0)
    page.goto("/review?log=1")
    row = page.locator("tbody tr").first
    expect(row).to_contain_text("Reject")
    expect(row).to_contain_text("Two offices that share a building")


@pytest.mark.parametrize(
    ("script", "words", "right_to_left"),
    [
        ("Arabic", "الحافلة", True),
        ("Chinese", "巴士", False),
        ("Russian", "автобус", False),
        ("Thai", "รถบัส", False),
    ],
)
def test_every_script_is_found_and_marked(page, shot, script, words, right_to_left):
    page.keyboard.press("/")
    page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search"))
    hit = page.locator(".event", has_text=words).first
    expect(hit).to_be_visible()
    assert words in hit.locator("mark").first.inner_text()
    direction = hit.locator(".evidence").first.evaluate("e => getComputedStyle(e).direction")
    assert (direction == "rtl") is right_to_left
    shot(f"search-{script.lower()}")
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 700, "y": 860})
    page.keyboard.press("Enter")
    expect(page.locator(".item-kind")).to_have_text("Event")


def test_hostile_text_stays_text_and_reordering_is_shown(page):
    page.goto(f"/search?words={quote('harbour')}")
    hit = page.locator(".event", has_text="<script>").first
    expect(hit).to_be_visible()
    assert page.locator(".event img, .event script").count() == 0
    hit.get_by_role("link").first.click()
    expect(page.locator(".item-kind")).to_have_text("Event")
    assert "owned" not in page.title() or "<img" in page.title()
    page.goto(f"/search?words={quote('backwards')}")
    expect(page.locator(".event .control").first).to_have_text("RLO")


def test_a_masked_value_is_revealed_only_with_a_reason(page):
    page.goto("/search?kind=call&words=call")
    page.locator(".event a", has_text="phone~").first.click()
    masked = page.locator(".value.masked").first
    expect(masked).to_be_visible()
    name = masked.inner_text()
    page.get_by_role("button", name="Reveal").first.click()
    dialog = page.get_by_role("dialog")
    act = dialog.get_by_role("button", name="Reveal the value")
    expect(act).to_be_disabled()
    dialog.get_by_label("Reason").fill("To trace the account with the bank")
    act.click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".value.masked", has_text=name.strip("◼ "))).to_have_count(0)


def test_the_purpose_in_force_is_shown_and_recorded(page):
    purpose = "Locate persons at risk"
    page.get_by_role("button", name="Change").click()
    page.get_by_role("dialog").get_by_role("textbox").fill(purpose)
    page.get_by_role("button", name="State this purpose").click()
    expect(page.locator(".top .purpose")).to_contain_text(purpose)
    page.goto("/custody")
    expect(page.locator("tbody tr").first).to_contain_text(purpose)


def test_keys_lead_from_view_to_view(page):
    for key, heading in [("n", "Network"), ("r", "Review"), ("t", "Timeline"), ("s", "Search")]:
        page.keyboard.press("g")
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_identifiers_are_checked(page):
    page.goto("/check")
    page.get_by_role("textbox", name="Identifiers").fill("+44 20 7946 0999\nnothing like a number")
    page.get_by_role("button", name="Check", exact=True).click()
    rows = page.locator("tbody tr")
    expect(rows.first).to_contain_text("understood but absent")
    expect(rows.last).to_contain_text("nothing like a number")
    page.locator("input[type=file]").set_input_files(
        {"name": "l.txt", "mimeType": "text/plain", "buffer": "+44 20 7946 0998".encode("utf-16")}
    )
    expect(page.get_by_role("textbox", name="Identifiers")).to_have_value("+44 20 7946 0998")


def test_a_package_says_what_it_withholds(page, shot):
    page.goto("/share")
    expect(page.get_by_text("without a person's decision")).to_be_visible()
    expect(page.locator("input[name=format][value=report]")).to_be_checked()
    page.get_by_label(re.compile("table")).check()
    page.locator("input[name=to]").fill("Prosecutor's office, section 4")
    page.locator("textarea[name=purpose]").fill("Preparation of the trial")
    page.get_by_role("button", name="Show what would leave").click()
    expect(page.get_by_role("heading", name="What would leave")).to_be_visible()
    expect(page.locator(".facts", has_text="Withheld")).to_be_visible()
    page.get_by_role("button", name="Write the package").click()
    expect(page.get_by_role("heading", name="The package is written")).to_be_visible()
    expect(page.locator(".facts", has_text="Withheld")).to_be_visible()
    shot("share")


def test_what_is_not_there_says_so_and_what_to_do(chromium, address):
    context = chromium.new_context(base_url=address)
    page = context.new_page()
    page.goto(f"/item/{quote('phone:+442079460999', safe='')}#token={TOKEN}")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("What to do")
    expect(alert).to_contain_text("+442079460999")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_readable_in_both_schemes(page, shot, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    page.locator("article.finding").first.wait_for()
    shot(f"overview-{scheme}")
    ground = page.locator(".panel").first.evaluate("e => getComputedStyle(e).backgroundColor")
    levels = [int(n) for n in re.findall(r"\d+", ground)[:3]]
    assert (sum(levels) / 3 > 128) is (scheme == "light")
