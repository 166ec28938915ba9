"""Every verb: its help, its example, its answer as JSON, and where that goes."""

import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from rich.console import Console

from linked_case import GRANT, PRIVATE, A, B
from palermo import answers
from palermo.ui.cli.common import Exit
from palermo.ui.cli.main import VERBS, app
from palermo.workspace import Workspace

COMMANDS = typer.main.get_command(app)
MAPPING = """event: call
match: {header: [Start, A, B]}
time: {column: Start, format: "%Y-%m-%d %H:%M", zone: Europe/London}
parties:
  - {column: A, kind: phone, role: caller}
  - {column: B, kind: phone, role: callee}
"""
# Verb, its words after CASE, and the model of its answer. New, simulate and score have
# tests of their own below, `serve` in test_processes.py.
ANSWERS = [
    ("authorise", GRANT, answers.Created),
    ("add", ["{folder}/one.txt"], answers.Added),
    ("known", ["{folder}/known.txt"], answers.Known),
    ("mapping", ["{folder}/m.yaml"], answers.Mapped),
    ("mapping", ["{folder}/m.yaml", "{folder}/calls.csv"], answers.Mapped),
    ("words", ["{folder}/distress.yaml"], answers.WordLists),
    ("words", [], answers.WordLists),
    (
        "consent",
        ["--from", "W-07", "--for", "Help", "--language", "ro", "--age", "adult"],
        answers.Consents,
    ),
    ("consent", [], answers.Consents),
    ("note", ["White van at the quay", "--time", "2026-03-01T14:30+01:00"], answers.Noted),
    ("check", ["{folder}/list.txt"], answers.Checked),
    ("run", [], answers.Ran),
    ("status", [], answers.Status),
    ("problems", [], answers.Problems),
    ("search", ["kitchen", "--since", "2026-01-01"], answers.Found),
    ("show", [A], answers.Shown),
    ("why", [A], answers.Why),
    ("network", [A, "--depth", "2"], answers.Network),
    ("network", [], answers.Network),
    ("timeline", [A], answers.Timeline),
    ("movements", [], answers.Movements),
    ("watch", [], answers.Watches),
    ("alerts", [], answers.Alerts),
    ("review", [], answers.Queue),
    ("review", [A, B, "--act", "reject", "--reason", "Two customers"], answers.Decided),
    ("review", ["--from", "{folder}/decisions.jsonl"], answers.Decided),
    ("share", ["--format", "table", "--to", "Prosecutor", "--purpose", "Charges"], answers.Shared),
    ("share", ["--preview", "--to", "Prosecutor", "--purpose", "Charges"], answers.Preview),
    ("verify", [], answers.Verified),
    ("custody", ["--limit", "3"], answers.Custody),
]
ELSEWHERE = {"new", "simulate", "score", "serve", "leads"}


def test_every_verb_is_in_the_table() -> None:
    assert {verb for verb, *_ in ANSWERS} | ELSEWHERE == set(VERBS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("A room in Leeds, ask 020 7946 0018", encoding="utf-8")
    (tmp_path / "known.txt").write_text(f"md5:{'5e' * 16}\npdq:{'5e' * 32}\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    listed = "risk: life\nwords: [locked in, ayuda]\n"
    (tmp_path / "distress.yaml").write_text(listed, encoding="utf-8")
    calls = "Start,A,B\n2026-03-01 10:00,020 7946 0018,020 7946 0027\n"
    (tmp_path / "calls.csv").write_text(calls, encoding="utf-8")
    (tmp_path / "list.txt").write_text(f"{PRIVATE}\nnonsense\n", encoding="utf-8")
    row = {"act": "confirm", "a": A, "b": B, "reason": "One subscriber", "by": "R. Viewer"}
    (tmp_path / "decisions.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("verb", "words", "model"), ANSWERS, ids=[f"{n}-{row[0]}" for n, row in enumerate(ANSWERS)]
)
def test_the_answer_is_json_of_its_model(
    verb: str,
    words: list[str],
    model: type[answers.Answer],
    palermo: Callable,
    case: Path,
    folder: Path,
) -> None:
    given = [word.format(folder=folder) for word in words]
    if verb == "share":  # what nobody has decided on does not leave
        assert palermo("review", case, A, B, "--act", "confirm", "--reason", "x").code == Exit.OK
    told = palermo(verb, case, *given, "--json")
    assert told.code == 0, told
    answer = model.model_validate_json(told.out)
    assert answer.model_dump(mode="json") == json.loads(told.out), "more was said than documented"
    assert "Traceback" not in told.err
    for_people = palermo(verb, case, *given)
    assert for_people.code == 0 and for_people.out.strip(), for_people


def test_new_answers_and_its_case_can_be_worked(palermo: Callable, tmp_path: Path) -> None:
    told = palermo("new", tmp_path / "case", *GRANT, "--scope", "kinds=message", "--json")
    created = answers.Created.model_validate_json(told.out)
    assert (told.code, created.authority) == (0, 1)
    status = answers.Status.model_validate_json(palermo("status", created.case, "--json").out)
    assert status.offence == "smuggling" and created.head.startswith("1:")


ASKED = [
    ("\n", "not stated", "it may be left open, and that is shown"),
    ("To find who runs it\n", "To find who runs it", "what is said is kept"),
    ("   \n", "not stated", "spaces say nothing"),
]


@pytest.mark.parametrize(("said", "kept", "why"), ASKED)
def test_whoever_sits_at_a_terminal_is_asked_for_the_necessity(
    said: str, kept: str, why: str, palermo: Callable, tmp_path: Path, monkeypatch
) -> None:
    terminal = io.StringIO(said)
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", terminal)
    assert palermo("new", tmp_path / "case", *GRANT).code == 0
    assert f"Necessity: {kept}" in palermo("status", tmp_path / "case").out, why


def test_a_consent_is_recorded_under_its_number_and_withdrawn(
    palermo: Callable, case: Path
) -> None:
    given = ("--from", "W-07", "--for", "Help", "--language", "ro", "--age", "adult")
    assert "1. W-07" in palermo("consent", case, *given).out
    assert palermo("note", case, "The door is blue", "--consent", "1").code == 0
    told = palermo("consent", case, "--withdraw", "1", "--reason", "by telephone")
    assert told.code == 0 and "withdrawn" in told.out
    status = palermo("status", case).out
    assert "Withheld: 1 exhibit" in status
    assert palermo("note", case, "And more", "--consent", "1").code == Exit.REFUSED
    both = palermo("consent", case, *given, "--withdraw", "1")
    assert both.code == Exit.INVALID


def test_leads_follow_what_somebody_confirmed(palermo: Callable, case: Path) -> None:
    none = palermo("leads", case, A)
    assert none.code == Exit.REFUSED and "--act confirm" in none.err
    confirmed = ("review", case, A, B, "--act", "confirm", "--reason", "One customer")
    assert palermo(*confirmed).code == 0
    found = palermo("leads", case, A, "--json")
    assert found.code == 0
    answers.Leads.model_validate_json(found.out)


def test_a_value_is_watched_and_what_is_new_of_it_told_once(palermo: Callable, case: Path) -> None:
    begun = palermo("watch", case, "020", "7946", "0018", "--reason", "Named in a tip", "--json")
    assert begun.code == 0 and answers.Watches.model_validate_json(begun.out).watches[0].number == 1
    assert palermo("note", case, "He called from +44 20 7946 0018").code == 0
    assert "1 new sighting of watched values: palermo alerts" in palermo("status", case).out
    kept = palermo("alerts", case, "--keep")
    assert kept.code == 0 and "palermo why" in kept.out
    assert palermo("alerts", case).out == kept.out
    assert "Nothing new of 1 watched value" in palermo("alerts", case).out
    again = palermo("watch", case, "+44 20 7946 0018", "--reason", "Again")
    assert again.code == Exit.INVALID and "--end 1" in again.err
    assert palermo("watch", case, "Mara Quill", "--reason", "x").code == Exit.INVALID
    assert palermo("watch", case, "+44 20 7946 0027").code == Exit.REFUSED, "no reason"
    both = palermo("watch", case, "+44 20 7946 0027", "--end", "1", "--reason", "x")
    assert both.code == Exit.INVALID
    ended = palermo("watch", case, "--end", "1", "--reason", "It is found")
    assert ended.code == 0 and "ended it on" in ended.out and "It is found" in ended.out


def test_a_market_is_written_and_goes_on(palermo: Callable, tmp_path: Path) -> None:
    asked = ("simulate", tmp_path / "m", "--adverts", "60", "--days", "2", "--last-day", "10")
    told = palermo(*asked, "--json")
    simulated = answers.Simulated.model_validate_json(told.out)
    assert told.code == 0 and (simulated.adverts, simulated.days) == (60, 2)
    assert palermo(*asked).code == 0, "what is there already is the same market"
    assert palermo(*asked, "--seed", "2").code == Exit.INVALID
    assert palermo("simulate", tmp_path / "n", "--adverts", "9", "--last-day", "9").code != 0


def test_a_training_case_is_written_and_scored(
    palermo: Callable, case: Path, tmp_path: Path
) -> None:
    told = palermo("simulate", tmp_path / "t", "--seed", "3", "--json")
    simulated = answers.Simulated.model_validate_json(told.out)
    assert told.code == 0 and simulated.seed == 3 and simulated.adverts > 0
    again = palermo("simulate", tmp_path / "t")
    assert again.code == 2 and "not empty" in again.err
    assert palermo("simulate", tmp_path / "u", "--size", "huge").code == 2
    scored = palermo("score", case, tmp_path / "t" / "truth", "--json")
    assert scored.code == 0 and answers.Scored.model_validate_json(scored.out).scores
    assert palermo("score", case, tmp_path / "nowhere").code in (1, 3)


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_an_example_that_parses(verb: str, palermo: Callable) -> None:
    told = palermo(verb, "--help")
    assert told.code == 0 and told.err == ""
    assert "--json" in told.out
    help = COMMANDS.commands[verb].help or ""
    assert "Example: palermo " in help, help
    words = shlex.split(help.split("Example: ")[1].split("\n\n")[0])
    assert words[:2] == ["palermo", verb]
    context = COMMANDS.make_context("palermo", words[1:])
    name, command, rest = COMMANDS.resolve_command(context, words[1:])
    parsed = command.make_context(name, rest, parent=context)  # raises where it does not parse
    assert any(parsed.params.values())
    example = " ".join(help.split("Example: ")[1].split())
    assert example in " ".join(told.out.split()), "the example is shown whole"


def test_help_lists_verbs_and_exit_codes(palermo: Callable) -> None:
    told = palermo("--help")
    assert all(verb in told.out for verb in VERBS)
    assert "7 partly" in " ".join(told.out.split())
    assert palermo().out == told.out, "no word at all is a call for help"


def test_progress_goes_to_standard_error_of_a_terminal(
    palermo: Callable, case: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    palermo("add", case, folder / "one.txt", folder / "calls.csv")
    terminal = Console(stderr=True, force_terminal=True)
    monkeypatch.setattr("palermo.ui.cli.common.err", terminal)
    told = palermo("run", case, "--json")
    assert json.loads(told.out)["exhibits"] == 2
    assert "decode" in told.err and re.search(r"(\d+) bytes/\1 bytes", told.err)
    monkeypatch.undo()
    assert palermo("run", case, "--json").err == "", "a file or pipe is spared it"


def test_case_is_the_folder_one_is_in(
    palermo: Callable, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    inside = palermo("search", "kitchen", "--json")
    assert inside.code == 0 and answers.Found.model_validate_json(inside.out).total >= 1
    assert palermo("status").code == 0
    assert palermo("show", A).code == 0
    named = palermo("status", "another")
    assert named.code == 2 and "'another' is not the folder of a case" in named.err
    monkeypatch.chdir(case.parent)
    assert palermo("status", "case").code == 0
    missing = palermo("status", "csae")
    assert missing.code == 3 and "csae" in missing.err


def test_purpose_and_actor_are_recorded(palermo: Callable, case: Path) -> None:
    palermo("search", case, "kitchen", "--purpose", "Bail hearing", "--actor", "D. Clerk")
    log = answers.Custody.model_validate_json(palermo("custody", case, "--json").out)
    entry = next(e for e in reversed(log.entries) if e.act == "search")
    assert (entry.actor, entry.purpose) == ("D. Clerk", "Bail hearing")


def test_evidence_cannot_steer_the_terminal(palermo: Callable, case: Path) -> None:
    steering = "van \x1b]0;owned\x07\x1b[2J\x9b31m at the quay"
    palermo("note", case, steering)
    told = palermo("search", case, "quay")
    assert "1 found" in told.out and "at the quay" in told.out
    assert not {"\x1b", "\x07", "\x9b"} & set(told.out)
    answer = answers.Found.model_validate_json(palermo("search", case, "quay", "--json").out)
    assert answer.hits[0].event.text == steering, "a program gets it as it is, escaped"


def test_everything_in_a_case_can_be_shown_and_explained(palermo: Callable, trained: Path) -> None:
    """In words, as a person asks: each kind of event, and one of everything else."""
    with Workspace.open(trained, "tester") as workspace:
        tables = workspace.case.tables()
        asked = [
            "SELECT kind, min(id) AS id FROM events GROUP BY kind",
            "SELECT kind, min(id) AS id FROM claims GROUP BY kind",
            "SELECT kind, min(id) AS id FROM links GROUP BY kind",
            "SELECT kind, min(id) AS id FROM findings GROUP BY kind",
            "SELECT 'identity' AS kind, min(identity) AS id FROM identities",
            "SELECT 'exhibit ' || min(exhibit) AS kind, min(exhibit) AS id FROM events GROUP BY kind",
        ]
        ids = {(row["kind"], row["id"]) for sql in asked for row in tables.sql(sql).to_pylist()}
        tables.close()
    assert {"photograph", "advert", "payment", "circuit", "phone", "identity"} <= {
        k for k, _ in ids
    }
    for kind, id in sorted(ids):
        for verb in ("show", "why"):
            told = palermo(verb, trained, id)
            assert told.code == Exit.OK and told.out.strip(), (verb, kind, id, told)
