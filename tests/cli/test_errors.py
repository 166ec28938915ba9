"""Every no has its exit code, its one shape, and says what to do next."""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from linked_case import GRANT, A, B
from palermo import answers
from palermo.ui.cli.common import Exit
from palermo.workspace import Workspace

BAD_ROWS = ['{"act": "confirm"}', "[]", "{", '{"act": "confirm", "a": 5, "reason": "x"}',
            '{"act": "confirm", "a": "x", "reason": "x", "why": "x"}']  # fmt: skip

# Verb and words ({case} is a sound case, {folder} its parent), the exit code, a word of the reason.
ERRORS = [
    ("nonsense", Exit.INVALID, "No such command"),
    ("new {folder}/n", Exit.INVALID, "--offence"),
    ("new {case} GRANT", Exit.INVALID, "not empty"),
    ("new {folder}/n GRANT --until soon", Exit.INVALID, "soon"),
    ("new {folder}/n GRANT --offence theft", Exit.INVALID, "no offence"),
    ("new {folder}/n GRANT --scope planets=mars", Exit.INVALID, "planets"),
    ("new {folder}/n GRANT --scope pictures=some", Exit.INVALID, "pictures=some"),
    ("new {folder}/n GRANT --scope exposure=many", Exit.INVALID, "exposure=many"),
    ("new {folder}/n GRANT --scope kinds", Exit.INVALID, "KEY=VALUE"),
    ("new {folder}/n GRANT --database gibberish", Exit.INVALID, "parse"),
    ("new {folder}/n GRANT --database mysql://u@127.0.0.1/x", Exit.INVALID, "mysql"),
    ("new {folder}/n GRANT --database oracle://u@127.0.0.1/x", Exit.INVALID, "oracle"),
    ("new {folder}/n GRANT --database postgresql+psycopg://u@127.0.0.1:9/x", Exit.FAULT, "refused"),
    ("new {folder}/n GRANT --actor A.␣Judge", Exit.REFUSED, "cannot approve"),
    ("new {folder}/n GRANT --until 2001-01-01", Exit.REFUSED, "before it begins"),
    ("status {folder}/nowhere", Exit.NOT_FOUND, "no case"),
    ("status {case} more", Exit.INVALID, "not the folder of a case"),
    ("add {case}", Exit.INVALID, "at least one file"),
    ("add {case} {folder}/nowhere", Exit.NOT_FOUND, "no such file"),
    ("add {case} https://example.org/", Exit.INVALID, "no source"),
    ("add {case} {folder}/binary.yaml --mapping x --purpose ␣", Exit.REFUSED, "purpose"),
    ("known {case}", Exit.INVALID, "one list"),
    ("known {case} {folder}/nowhere", Exit.NOT_FOUND, "no such file"),
    ("known {case} {folder}/binary", Exit.INVALID, "no hash"),
    ("mapping {case}", Exit.INVALID, "mapping"),
    ("mapping {case} {folder}/nowhere.yaml", Exit.INVALID, "nowhere"),
    ("mapping {case} {folder}/binary", Exit.INVALID, "binary"),
    ("mapping {case} {folder}/binary {folder}/binary", Exit.INVALID, "binary"),
    ("note {case}", Exit.INVALID, "one TEXT"),
    ("note {case} words --lat north", Exit.INVALID, "--lat"),
    ("check {case} {folder}/nowhere", Exit.NOT_FOUND, "no such file"),
    ("check {case} {folder}/binary", Exit.INVALID, "no text"),
    ("check {case} {folder}", Exit.NOT_FOUND, "no such file"),
    ("search {case}", Exit.INVALID, "what to look for"),
    ("search {case} room --since yesterday", Exit.INVALID, "yesterday"),
    ("search {case} room --limit 0", Exit.INVALID, "--limit"),
    ("show {case}", Exit.INVALID, "one ID"),
    ("show {case} e00000000000000000000000000000000", Exit.NOT_FOUND, "nothing in this case"),
    ("show {case} one two", Exit.NOT_FOUND, "one two"),
    ("why {case} phone:+15550100", Exit.NOT_FOUND, "nothing in this case"),
    ("network {case} phone:+15550100", Exit.NOT_FOUND, ""),
    ("network {case} --depth 9", Exit.INVALID, "--depth"),
    ("review {case} A B --act reject", Exit.INVALID, "reason"),
    ("review {case} A B --act hang --reason x", Exit.INVALID, "no such act"),
    ("review {case} --act reject --reason x", Exit.INVALID, "one ID"),
    ("review {case} A --act set_role --role suspect --reason x", Exit.NOT_FOUND, "nobody"),
    ("review {case} --from {folder}/nowhere", Exit.FAULT, "No such file"),
    *((f"review {{case}} --from {{folder}}/rows{n}", Exit.INVALID, "line 1") for n in range(5)),
    ("share {case} --to x", Exit.INVALID, "--purpose"),
    ("share {case} --to ␣ --purpose p", Exit.REFUSED, "no recipient"),
    ("share {case} --to x --purpose p --format poem", Exit.NOT_FOUND, "no such format"),
    ("verify {case} --head 12", Exit.INVALID, "NUMBER:HASH"),
    ("score {case} {folder}/nowhere", Exit.FAULT, "No such file"),
    ("serve {folder}/nowhere", Exit.NOT_FOUND, "no case"),
    ("serve {case} --port 99999", Exit.INVALID, "--port"),
]  # fmt: skip


def words(line: str, case: Path) -> list[str]:
    found: list[str] = []
    for word in line.split():
        if word == "GRANT":
            found += GRANT
        else:
            word = {"A": A, "B": B}.get(word, word)
            found.append(word.format(case=case, folder=case.parent).replace("␣", " "))
    return found


@pytest.mark.parametrize(("line", "code", "reason"), ERRORS, ids=[row[0] for row in ERRORS])
def test_a_no_has_its_code_and_its_shape(
    line: str, code: Exit, reason: str, palermo: Callable, made: Path, tmp_path: Path
) -> None:
    (tmp_path / "case").symlink_to(made)  # nothing here changes it but its log
    (tmp_path / "binary").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff: [")
    for number, row in enumerate(BAD_ROWS):
        (tmp_path / f"rows{number}").write_text(row + "\n", encoding="utf-8")
    given = words(line, tmp_path / "case")
    plain = palermo(*given)
    assert plain.code == code, plain
    assert plain.out == "" and reason in plain.err
    assert len(plain.err.strip().splitlines()) >= 2, "what to do next is said too"
    as_json = palermo(*given, "--json")
    assert as_json.code == code and as_json.err == ""
    refusal = answers.Refusal.model_validate_json(as_json.out)
    assert Exit.__members__[refusal.error.upper()] == code
    assert reason in refusal.why + refusal.what and refusal.next
    assert not (tmp_path / "n").exists(), "a refused case leaves nothing behind"


def test_what_is_partly_done_says_so(palermo: Callable, tmp_path: Path) -> None:
    for name in ("seized", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name, encoding="utf-8")
    case = tmp_path / "case"
    palermo("new", case, *GRANT, "--scope", f"sources={(tmp_path / 'seized').as_uri()}/*")
    told = palermo("add", case, tmp_path / "seized", tmp_path / "other", "--json")
    added = answers.Added.model_validate_json(told.out)
    assert told.code == Exit.PARTLY
    assert added.exhibits == 1 and len(added.refused) == 1 and "other" in added.refused[0]


def test_what_cannot_be_read_is_named_and_the_rest_is_sealed(
    palermo: Callable, tmp_path: Path
) -> None:
    folder = tmp_path / "seized"
    folder.mkdir()
    for name in ("a.txt", "z.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "dangling").symlink_to(tmp_path / "nowhere")
    (folder / "to a folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    palermo("new", tmp_path / "case", *GRANT)
    told = palermo("add", tmp_path / "case", folder)
    assert told.code == Exit.PARTLY and "2 exhibits sealed" in told.out
    assert all(name in told.out for name in ("dangling", "to%20a%20folder", "pipe"))
    again = palermo("add", tmp_path / "case", folder)
    assert again.code == Exit.PARTLY and "2 known already" in again.out
    assert palermo("verify", tmp_path / "case").code == Exit.OK


def test_a_busy_case_says_so(palermo: Callable, case: Path) -> None:
    with Workspace.open(case, "tester") as other, other.case.writer("add"):
        told = palermo("run", case, "--json")
    assert told.code == Exit.BUSY and json.loads(told.out)["error"] == "busy"


def test_after_its_end_an_authority_allows_no_look(palermo: Callable, tmp_path: Path) -> None:
    case = tmp_path / "case"
    ended = ["--since", "2020-01-01", "--until", "2020-02-01"]
    palermo("new", case, *[w for w in GRANT if w not in ("--until", GRANT[7])], *ended)
    for verb in (["search", case, "room"], ["add", case, __file__], ["run", case]):
        told = palermo(*verb)
        assert told.code == Exit.REFUSED and "ended on 2020-02-01" in told.err
    for verb in ("status", "verify", "custody"):
        assert palermo(verb, case).code == Exit.OK, verb
    assert palermo("authorise", case, *GRANT).code == Exit.OK
    assert palermo("run", case).code == Exit.OK


def test_known_material_stops_every_verb_by_name_and_shows_the_duty(
    palermo: Callable, tmp_path: Path
) -> None:
    (tmp_path / "a name that tells.txt").write_text("known", encoding="utf-8")
    digest = hashlib.md5(b"known").hexdigest()
    (tmp_path / "list.csv").write_text(f"md5,name\n{digest},x\nbad,y\n", encoding="utf-8")
    case = tmp_path / "case"
    palermo("new", case, *GRANT)
    kept = palermo("known", case, tmp_path / "list.csv", "--duty", "Ring the fictional unit.")
    assert kept.code == Exit.PARTLY and "line 3" in kept.out and "bad" not in kept.out
    told = palermo("add", case, tmp_path / "a name that tells.txt")
    assert told.code == Exit.KNOWN_MATERIAL and told.out == ""
    assert "Ring the fictional unit." in told.err and "exhibit 1" in told.err
    as_json = palermo("show", case, exhibit_id(case), "--json")
    assert as_json.code == Exit.KNOWN_MATERIAL
    assert "Ring the fictional unit." in answers.Refusal.model_validate_json(as_json.out).next
    status = palermo("status", case)
    assert "exhibit 1. Ring the fictional unit." in status.out
    for verb in ("problems", "custody", "status"):
        assert "name that tells" not in palermo(verb, case).out
    palermo("new", tmp_path / "other", *GRANT)
    (tmp_path / "list.csv").write_text(digest, encoding="utf-8")
    palermo("add", tmp_path / "other", tmp_path / "a name that tells.txt")
    late = palermo("known", tmp_path / "other", tmp_path / "list.csv")
    assert late.code == Exit.KNOWN_MATERIAL and "exhibit 1" in late.out


def exhibit_id(case: Path) -> str:
    with Workspace.open(case) as workspace:
        return workspace.exhibits().exhibits[0].id
