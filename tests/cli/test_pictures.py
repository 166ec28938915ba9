"""`--no-pictures`, for a case and for one start of the workbench."""

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from linked_case import GRANT

PALERMO = [sys.executable, "-m", "palermo"]


def scope(palermo: Callable, case: Path) -> object:
    return json.loads(palermo("status", case, "--json").out)["pictures"]


@pytest.mark.parametrize(
    ("words", "pictures", "why"),
    [
        ([], "shown", "pictures are part of the work unless somebody says otherwise"),
        (["--no-pictures"], "none", "the option"),
        (["--scope", "pictures=none"], "none", "the same as a scope"),
        (["--scope", "pictures=shown", "--no-pictures"], "none", "the narrower wins"),
    ],
)
def test_an_authority_says_whether_pictures_are_shown(
    palermo: Callable, tmp_path: Path, words: list[str], pictures: str, why: str
) -> None:
    case = tmp_path / "case"
    assert palermo("new", case, *GRANT, *words).code == 0
    assert scope(palermo, case) == pictures
    assert palermo("authorise", case, *GRANT, "--no-pictures").code == 0
    assert scope(palermo, case) == "none"


@pytest.mark.parametrize("words", [[], ["--no-pictures"]])
def test_serve_says_whether_it_shows_pictures(case: Path, words: list[str]) -> None:
    command = [*PALERMO, "serve", str(case), "--port", "0", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as serving:
        try:
            assert serving.stdout is not None
            address = urlsplit(serving.stdout.readline().strip())
            token = address.fragment.removeprefix("token=")
            ask = urllib.request.Request(
                f"http://{address.netloc}/api/session",
                headers={"Authorization": f"Bearer {token}"},
            )
            with urllib.request.urlopen(ask, timeout=30) as answer:
                assert json.load(answer)["pictures"] is not bool(words)
        finally:
            serving.send_signal(signal.SIGINT)
