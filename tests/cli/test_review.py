"""The review in a terminal: one list of keys, a risk first with its reason, and who decided."""

import inspect
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fake_workspace import Fake, event
from linked_case import A
from palermo import answers
from palermo.review.decisions import ACTS
from palermo.ui.cli import review as verb

RISK = answers.Risk(to="child", why="it states an age of 15", since=None, by=None, rests_on=[])


def queue() -> answers.Queue:
    told = Fake().queue()
    links = [
        link.model_copy(update={"risk": RISK if n == 2 else None})
        for n, link in enumerate(told.links)
    ]
    events = [event(3).model_copy(update={"risk": RISK})]
    return told.model_copy(update={"links": links, "events": events, "at_risk": 2})


def asked(monkeypatch: pytest.MonkeyPatch, presses: list[str]) -> tuple[list[dict], list[tuple]]:
    """Answer the prompts; return the prompts for keys, and what was decided."""
    prompts: list[dict] = []
    decided: list[tuple] = []
    left = iter(presses)

    def ask(prompt: str, choices: list[str] | None = None, console: object = None) -> str:
        if choices is None:
            return "Because"
        prompts.append({"prompt": prompt, "choices": choices})
        return next(left, "q")

    monkeypatch.setattr(verb.Prompt, "ask", ask)
    verb._ask(queue(), lambda *words: decided.append(words))
    return prompts, decided


def test_the_keys_are_one_list_in_prompt_and_help(monkeypatch: pytest.MonkeyPatch) -> None:
    prompts, _ = asked(monkeypatch, ["s"] * 20)
    offered = {key for prompt in prompts for key in prompt["choices"]}
    assert offered == {key.key for key in verb.KEYS}
    assert len(offered) == len(verb.KEYS), "no key is there twice"
    for prompt in prompts:
        told = [part.rsplit(" ", 1) for part in prompt["prompt"].split(", ")]
        assert [key for _, key in told] == prompt["choices"], "what is told is what is taken"
    help = " ".join(inspect.getdoc(verb.review).split())
    assert all(f"{key.key} {key.act}" in help for key in verb.KEYS)
    assert {key.act for key in verb.KEYS} <= {*ACTS, "skip", "quit"}


def test_what_is_at_risk_is_asked_first_and_each_key_does_what_it_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    waiting = queue()
    _, decided = asked(monkeypatch, ["r", "n", "y", "s", "e"])
    assert [one[:2] for one in decided[:2]] == [
        ("risk", waiting.events[0].id),
        ("reject", waiting.links[2].id),
    ]
    assert decided[2][0] == "confirm" and all(one[3] == "Because" for one in decided)
    said = capsys.readouterr().err
    assert "Risk to life or to a child: 2 waiting" in said
    assert said.index(RISK.why) < said.index(waiting.links[0].id)


def test_generic_sets_apart_the_value_that_a_link_hangs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = queue()
    at = next(n for n, one in enumerate(waiting.links) if ":" in one.b.node)
    before = [one[1] for one in sorted(verb._asked(waiting), key=lambda x: not x[2].startswith(verb.RISK))]  # fmt: skip
    presses = ["s"] * before.index(waiting.links[at].id) + ["g"]
    assert asked(monkeypatch, presses)[1][0][:2] == ("generic", waiting.links[at].b.node)


def test_nothing_hung_on_no_value_can_be_made_generic(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = queue()
    prompts, _ = asked(monkeypatch, ["s"] * 20)
    order = sorted(verb._asked(waiting), key=lambda one: not one[2].startswith(verb.RISK))
    for prompt, (sort, _, _, value) in zip(prompts, order, strict=True):
        assert ("g" in prompt["choices"]) == (sort == "l" and bool(value))


def test_a_file_of_decisions_says_whose_they_are(
    palermo: Callable, case: Path, tmp_path: Path
) -> None:
    row = {"act": "confirm", "a": A, "reason": "One subscriber", "by": "R. Elsewhere"}
    path = tmp_path / "decisions.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    said = palermo("review", str(case), "--from", str(path), "--actor", "importer").out
    assert "claimed by R. Elsewhere, imported by importer" in said and "--reason" in said
    vouched = ("--reason", "I have read it against the register")
    said = palermo("review", str(case), "--from", str(path), "--actor", "importer", *vouched).out
    assert "claimed by R. Elsewhere" in said and "To answer for them" not in said


def test_status_tells_of_a_risk_first(palermo: Callable, case: Path) -> None:
    assert "Risk to life" not in palermo("status", str(case)).out
    palermo("note", str(case), "She is 15 years old and locked in")
    first = palermo("status", str(case)).out.splitlines()[0]
    assert "Risk to life or to a child: 1 waiting" in first
    found = palermo("review", str(case)).out
    assert "RISK to child (it states an age of 15 (stated with a word for age))" in found
