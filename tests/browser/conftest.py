"""The workbench in a real browser, on a copy of the training case served as `palermo serve` does."""

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn

from palermo.ui.rest.app import create
from palermo.ui.rest.workbench import FOLDER
from palermo.workspace import Workspace

WAIT = 60_000  # milliseconds; a loaded machine draws a map slowly
TOKEN = "a-token-of-this-start"
ACTOR = "analyst"
CHROMIUM = Path(os.environ.get("PALERMO_CHROMIUM", "/usr/bin/chromium"))
SHOTS = os.environ.get("PALERMO_SCREENSHOTS")  # a folder that keeps what the tests saw
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
# Neutral words in the scripts that the workbench must show and find.
NOTES = {
    "Arabic": "شوهدت الحافلة البيضاء قرب الميناء صباحا",
    "Chinese": "上午在港口附近看到白色巴士",
    "Russian": "Утром у порта видели белый автобус",
    "Thai": "เห็นรถบัสสีขาวใกล้ท่าเรือตอนเช้า",
    "hostile": f"{HOSTILE} near the harbour",
    "reordered": "The plate ends in \u202e321 written backwards",
}


@pytest.fixture(scope="session")
def address(trained: Path, tmp_path_factory: pytest.TempPathFactory):
    """Serve a copy of the training case, with notes in many scripts; return its address."""
    if not (FOLDER / "index.html").is_file():
        pytest.skip("the workbench is not built: cd web && npm ci && npm run build")
    case = shutil.copytree(trained, tmp_path_factory.mktemp("served") / "case")
    with Workspace.open(case, ACTOR) as workspace:
        for text in NOTES.values():
            workspace.note(text)
    with _serving(case) as address:
        yield address


@pytest.fixture
def serving():
    """Serve another case meanwhile: a context that gives its address."""
    return _serving


@contextmanager
def _serving(case: Path, pictures: bool = True) -> Iterator[str]:
    """Serve a case meanwhile; give the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        app = create(case, ACTOR, TOKEN, pictures=pictures)
        config = uvicorn.Config(app, log_level="warning")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture(scope="session")
def chromium():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    if not CHROMIUM.is_file():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--force-prefers-reduced-motion"]
        )
        yield browser
        browser.close()


@contextmanager
def _opened(chromium, address: str, faults_alone: bool = False):
    """A page with the session opened; whatever the browser complains of fails the test. With
    `faults_alone` a refusal, which the console tells as an error, is none."""
    from playwright.sync_api import expect

    expect.set_options(timeout=WAIT)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, base_url=address)
    page = context.new_page()
    page.set_default_timeout(WAIT)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"fault: {error}"))
    page.on(
        "console",
        lambda said: (
            complaints.append(f"console: {said.text} {said.location.get('url')}")
            if said.type == "error" and not faults_alone
            else None
        ),
    )
    page.on(
        "request",
        lambda asked: (
            complaints.append(f"left loopback: {asked.url}")
            if not asked.url.startswith((address, "data:", "blob:"))
            else None
        ),
    )
    page.goto(f"/#token={TOKEN}")
    # going on before the token is traded for a cookie leaves the next page without either
    page.get_by_role("heading", level=1).wait_for()
    yield page
    context.close()
    assert complaints == []


@pytest.fixture
def page(chromium, address):
    """The training case at the workbench."""
    with _opened(chromium, address) as page:
        yield page


@pytest.fixture
def working(chromium):
    """Another case at the workbench: a context that gives its page."""

    @contextmanager
    def at(case: Path):
        if not (FOLDER / "index.html").is_file():
            pytest.skip("the workbench is not built: cd web && npm ci && npm run build")
        with _serving(case) as address, _opened(chromium, address, faults_alone=True) as page:
            yield page

    return at


@pytest.fixture
def shot(page, request):
    """Keep a picture of the page where PALERMO_SCREENSHOTS names a folder."""

    def take(name: str) -> None:
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}.png")

    return take
