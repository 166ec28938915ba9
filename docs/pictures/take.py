"""Takes the pictures of the workbench for these pages: python docs/pictures/take.py CASE

CASE is a training case that has been run and reviewed, as `make demo SERVE=0` leaves one in demo/.
Needs Playwright and Chromium (CHROMIUM names another than the one on the path).
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SIZE = {"width": 1280, "height": 800}
COLOURS = 128  # of a picture's palette: enough for a page, and small files
SETTLED = 2500  # milliseconds for a map or a network to come to rest


def palermo(*words: str) -> list[str]:
    return [sys.executable, "-m", "palermo", *words]


@contextmanager
def served(case: Path) -> Iterator[str]:
    """Serve a case on a free port and give its address."""
    process = subprocess.Popen(
        palermo("serve", str(case), "--port", "0", "--actor", "officer"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def answer(*words: str) -> Any:  # noqa: ANN401
    told = subprocess.run(palermo(*words, "--json"), capture_output=True, check=True)
    return json.loads(told.stdout)


def views(case: Path) -> dict[str, str]:
    """Return the address of each view to be pictured, around the identity seen in most ways."""
    identities = answer("network", str(case))["identities"]
    movers = [i for i in identities if len(i["places"]) > 2 and "advert" in i["kinds"]]
    told = max(movers, key=lambda i: (len(i["kinds"]), i["events"], i["id"]))
    identity = quote(told["id"], safe="")
    events = answer("timeline", str(case), told["id"], "--limit", "1000")["events"]
    adverts = [event["id"] for event in events if event["kind"] == "advert"]
    claim = next(c for id in adverts for c in _phones(case, id))
    findings = answer("review", str(case))["findings"]
    circuits = [f for f in findings if f["kind"] == "circuit"]
    finding = max(circuits, key=lambda f: (told["id"] in f["identities"], len(f["evidence"])))
    return {
        "overview": "/",
        "search": f"/search?words={quote(told['places'][0])}",
        "network": f"/network?id={identity}",
        "timeline": f"/timeline?id={identity}",
        "why": f"/why/{claim['id']}",
        "finding": f"/item/{finding['id']}",
        "review": "/review",
        "share": "/share",
    }


def _phones(case: Path, id: str) -> list[dict[str, Any]]:
    """Return an advert's phone numbers that are not written as plain digits."""
    odd = re.compile("[^0-9+() -]")
    phones = [c for c in answer("show", str(case), id)["claims"] if c["kind"] == "phone"]
    return [c for c in phones if not c["value"]["masked"] and odd.search(c["written"])]


def take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(SETTLED)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path = HERE / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stderr.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


def main() -> None:
    case = Path(sys.argv[1])
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served(case) as address, sync_playwright() as playwright:
        root, _, token = address.partition("/#")
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader"],
        )
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        page.goto(f"{root}/#{token}")
        page.wait_for_load_state("networkidle")
        for name, where in views(case).items():
            page.goto(root + where)
            take(page, name)
        browser.close()


if __name__ == "__main__":
    main()
