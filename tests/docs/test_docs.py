"""The pages hold what the program does: every name, command and link on them is real."""

import ast
import re
import runpy
import shlex
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer

from palermo import wiring
from palermo.ui.cli.common import Exit
from palermo.ui.cli.main import VERBS, app
from prose import ROOT, anchors, blocks, pages, prose

GROUP = typer.main.get_command(app)
REFERENCE = runpy.run_path(str(ROOT / "docs" / "reference.py"))
SHELL = {"sh", "console"}


def plugins() -> Iterator[tuple[str, str, type]]:
    for group in wiring.GROUPS:
        for point in entry_points(group=f"palermo.{group}"):
            if point.dist and point.dist.name == "palermo":
                yield group, point.name, point.load()


@pytest.mark.parametrize("name", REFERENCE["PAGES"])
def test_generated_pages_are_fresh(name: str) -> None:
    written = (ROOT / "docs" / name).read_text("utf-8")
    assert written == REFERENCE["PAGES"][name](), "run: python docs/reference.py"


@pytest.mark.parametrize(
    ("group", "name", "plugin"), [pytest.param(*p, id=f"{p[0]}-{p[1]}") for p in plugins()]
)
def test_every_plugin_has_a_sentence_and_a_row(group: str, name: str, plugin: type) -> None:
    assert (plugin.__doc__ or "").strip().split("\n\n")[0].rstrip().endswith("."), "no sentence"
    assert plugin.name == name, "the entry point, the file and the attribute are one word"
    assert plugin.__module__.rsplit(".", 1)[-1] == name
    section = (ROOT / "docs" / "reference.md").read_text("utf-8")
    section = section.split(f"\n## {group.capitalize()}\n")[1].split("\n## ")[0]
    assert f"| `{name}` |" in section


def test_every_kind_of_plugin_has_a_page() -> None:
    there = {page.stem for page in (ROOT / "docs" / "plugins").glob("*.md")} - {"README"}
    assert there == {group.removesuffix("s") for group in wiring.GROUPS}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_heading_and_an_example_that_parses(verb: str) -> None:
    command = GROUP.commands[verb]
    assert f"### palermo {verb}\n" in (ROOT / "docs" / "reference.md").read_text("utf-8")
    _, _, example = (command.help or "").partition("Example: ")
    assert example, f"palermo {verb} --help gives no example"
    parse(shlex.split(" ".join(example.split())))


def test_every_exit_code_has_a_row() -> None:
    told = (ROOT / "docs" / "reference.md").read_text("utf-8")
    for code in Exit:
        assert f"| {code.value} | `{code.name.lower()}` |" in told


# --- commands --------------------------------------------------------------------------------


def commands() -> Iterator[tuple[Path, str, bool]]:
    """Yield (page, command, whether it is a whole one) for each `palermo ...` on the pages."""
    for page in pages():
        for block in blocks(page):
            if block.language in SHELL:
                code = block.code.replace("\\\n", " ")
                for line in code.splitlines():
                    line = line.removeprefix("$ ")
                    if line.startswith("palermo "):
                        yield page, line, True
        for line in re.findall(r"`(palermo [^`]*)`", prose(page)):
            yield page, line, False


def parse(words: list[str]) -> None:
    """Parse a whole command as the program would, without running it."""
    program, verb, *rest = words
    assert program == "palermo"
    command = GROUP.commands[verb]
    command.make_context(verb, rest)


@pytest.mark.parametrize(
    ("line", "whole"),
    sorted({pytest.param(line, whole, id=line[:60]) for _, line, whole in commands()}, key=str),
)
def test_every_command_shown_exists(line: str, whole: bool) -> None:
    words = shlex.split(line.replace("…", ""), comments=True)
    if words[1].startswith("--") or words[1] in {"VERB", "..."}:
        assert words[1] in {"--help", "--version", "VERB", "..."}
        return
    if whole and "--help" not in words:
        parse(words)
        return
    command = GROUP.commands[words[1]]
    known = {option for p in command.params for option in p.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known


def test_the_make_targets_shown_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    for page in pages():
        shown = re.findall(r"\bmake ([a-z]+)\b(?=[`\n A-Z]*[`\n])", page.read_text("utf-8"))
        assert set(shown) <= targets, page


# --- links and names -------------------------------------------------------------------------


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        assert to.exists(), f"{page.name}: {target}"
        if anchor:
            assert anchor in anchors(to), f"{page.name}: {target}"


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_test_named_exists(page: Path) -> None:
    if page.name == "CHANGELOG.md":
        return
    for name in re.findall(r"`((?:src|tests|docs|bench|web)/[\w./*-]+)", prose(page)):
        assert list(ROOT.glob(name.rstrip("/"))), f"{page.name} names {name}"
    for name, test in re.findall(r"`(tests/[\w./-]+\.py)::(\w+)`", prose(page)):
        tree = ast.parse((ROOT / name).read_text("utf-8"))
        tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert test in tests, f"{page.name} names {name}::{test}"


def test_every_page_can_be_found_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    linked = {(ROOT / "docs" / t).resolve() for t in re.findall(r"\]\(([^)#\s]+)", index)}
    missing = [p for p in (ROOT / "docs").rglob("*.md") if p.resolve() not in linked]
    assert [p for p in missing if p != ROOT / "docs" / "README.md"] == []


def test_pictures_are_small() -> None:
    for picture in (ROOT / "docs" / "pictures").glob("*.png"):
        assert picture.stat().st_size < 200_000, picture.name
