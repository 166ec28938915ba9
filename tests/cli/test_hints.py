"""Commands that messages tell of can be pasted as they stand; a case that was begun can be finished."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from case import grant
from linked_case import GRANT
from palermo.safeguards import account as accounts
from palermo.safeguards.refusal import Invalid
from palermo.store.case import Case
from palermo.ui.hints import paste
from palermo.workspace import Workspace

PASTED = [
    ("Next: palermo run CASE", Path("harbour"), "Next: palermo run harbour", "a plain name"),
    ("palermo run CASE; palermo verify CASE", Path("a b"), "palermo run 'a b'; palermo verify 'a b'",
     "a space, and two commands"),
    ("palermo run CASE", Path("it's"), "palermo run 'it'\"'\"'s'", "a quote"),
    ("palermo run CASE", Path("$(x)"), "palermo run '$(x)'", "the shell runs nothing"),
    ("palermo run CASE", Path("-x"), "palermo run ./-x", "it is no option"),
    ("palermo run CASE", Path(), "palermo run", "one is in the case's folder"),
    ("palermo run CASE", None, "palermo run CASE", "no case is known"),
    ("the CASE of palermo", Path("x"), "the CASE of palermo", "no command"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "folder", "pasted", "why"), PASTED)
def test_a_hint_names_the_case(message: str, folder: Path | None, pasted: str, why: str) -> None:
    assert paste(message, folder) == pasted, why


def test_the_hints_of_a_whole_way_can_be_pasted(palermo: Callable, tmp_path: Path) -> None:
    case = tmp_path / "my case"
    made = palermo("new", case, *GRANT)
    (tmp_path / "x.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    added = palermo("add", case, tmp_path / "x.csv")
    refused = palermo("search", case, "room")
    for told in (made.out, added.out, refused.err):
        command = shlex.split(told.split("palermo ")[-1].splitlines()[0])
        assert command[1] == str(case), told
    assert "CASE" not in made.out + added.out + refused.err
    assert palermo(*shlex.split(added.out.split("Next: palermo ")[1])).code == 0
    assert "CASE" not in palermo("problems", case).out


# What is left where a `new` was killed: nothing of anyone's, so it may be made anew.
KILLED = [
    ("before the authority", lambda case: None),
    ("before case.json", lambda case: (case / "case.json").unlink()),
    ("before the catalogue", lambda case: [(case / n).unlink() for n in ("case.json", "catalogue.sqlite")]),
]  # fmt: skip


@pytest.mark.parametrize(("when", "kill"), KILLED)
def test_a_case_that_was_begun_is_finished(when: str, kill: Callable, tmp_path: Path) -> None:
    Case.create(tmp_path / "case").catalogue.engine.dispose()
    kill(tmp_path / "case")
    Workspace.new(tmp_path / "case", grant(), "tester")
    with Workspace.open(tmp_path / "case", "tester") as workspace:
        assert workspace.verify().sound and workspace.status().offence


WORKED = [
    ("a case with an authority", lambda case: None),
    ("a case that lost case.json", lambda case: (case / "case.json").unlink()),
    ("a case with a file in its vault", lambda case: [
        (case / "case.json").unlink(), (case / "catalogue.sqlite").unlink(),
        (case / "vault" / "x").write_text("x")]),
    ("somebody's folder", lambda case: (case / "letter.txt").write_text("x")),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change"), WORKED)
def test_what_holds_anything_is_never_replaced(what: str, change: Callable, tmp_path: Path) -> None:
    Workspace.new(tmp_path / "case", grant(), "tester")
    change(tmp_path / "case")
    before = sorted(str(path) for path in (tmp_path / "case").rglob("*"))
    with pytest.raises(Invalid, match="not empty"):
        Workspace.new(tmp_path / "case", grant(), "tester")
    assert sorted(str(path) for path in (tmp_path / "case").rglob("*")) == before


@pytest.mark.parametrize("name", ["key", "vault"])
def test_a_folder_with_a_file_called_like_a_part_is_somebody_s(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(Invalid, match="not empty"):
        Workspace.new(tmp_path, grant(), "tester")
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("error", [KeyError("uid not found"), OSError("No username")])
def test_without_an_account_the_actor_is_the_user_s_number(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise error

    monkeypatch.setattr(accounts.getpass, "getuser", nobody)
    monkeypatch.setattr(accounts.os, "getuid", lambda: 10001, raising=False)
    Workspace.new(tmp_path / "case", grant())
    with Workspace.open(tmp_path / "case") as workspace:
        assert workspace.gate.actor == "uid-10001"
        assert workspace.custody().entries[0].actor == "uid-10001"
