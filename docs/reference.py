"""Writes docs/reference.md and docs/json.md from the program itself: python docs/reference.py

Verbs, options, plugins and answers are read from the installed package, so that these two pages
cannot say what the program does not do. A test fails when they are out of date.
"""

import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, get_args, get_type_hints

import click
import typer
from pydantic import BaseModel

from palermo import answers, wiring, workspace
from palermo.review import decisions
from palermo.ui.cli.common import Exit
from palermo.ui.cli.main import VERBS, app
from palermo.vocabulary import EventKind, Kind, Role

HERE = Path(__file__).parent
# The verbs whose method of `Workspace` has another name, or several.
METHODS = {"consent": ("consents",), "review": ("queue", "decide")}
COMMON = ("--purpose", "--actor", "--json")
# The verbs that answer without a case's method.
ANSWERS = {"mapping": answers.Mapped, "serve": answers.Served, "simulate": answers.Simulated}
NOTE = "Written by `docs/reference.py` from the program. Do not edit by hand.\n"


def first_line(thing: object) -> str:
    """Return the first sentence of a docstring, as the user interface shows it."""
    told = inspect.cleandoc(inspect.getdoc(thing) or "").split("\n\n")[0]
    return " ".join(told.split()).replace("|", "\\|")


def comments(model: type) -> dict[str, str]:
    """Return what the source says beside each field or member of a class."""
    found = re.findall(r"^    (\w+)\b[^#\n]*  # (.+)$", inspect.getsource(model), re.M)
    return {name: said.replace("|", "\\|") for name, said in found}


def commands() -> dict[str, click.Command]:
    group = typer.main.get_command(app)
    assert isinstance(group, click.Group) or hasattr(group, "commands")
    return {verb: group.commands[verb] for verb in VERBS}


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |\n"


def table(*heads: str) -> str:
    return row(*heads) + row(*["---"] * len(heads))


# --- reference.md ----------------------------------------------------------------------------


def reference() -> str:
    parts = ["# Reference\n\n", NOTE, *_verbs(), *_exits(), *_plugins(), *_words()]
    return "".join(parts)


def _verbs() -> Iterator[str]:
    yield "\n## Verbs\n\n`CASE` comes first; where it is left out, it is the folder that one is in.\n"
    yield "Almost every verb also takes these; `palermo VERB --help` says which.\n\n"
    common = {o.opts[0]: o for o in _options(commands()["search"]) if o.opts[0] in COMMON}
    yield from _listed(common.values())
    for verb, command in commands().items():
        yield f"\n### palermo {verb}\n\n{_told(command)}\n"
        own = [o for o in _options(command) if _help(o) != _help(common.get(o.opts[0]))]
        if own:
            yield "\n"
            yield from _listed(own)


def _options(command: click.Command) -> list[click.Parameter]:
    return [p for p in command.params if p.opts[0].startswith("--")]


def _help(option: click.Parameter | None) -> str:
    return getattr(option, "help", None) or ""


def _listed(options: Iterable[click.Parameter]) -> Iterator[str]:
    yield table("option", "")
    for option in options:
        name = option.opts[0] + ("" if getattr(option, "is_flag", False) else " …")
        needed = " Required." if option.required else ""
        yield row(f"`{name}`", f"{_help(option)}{needed}".strip())


def _told(command: click.Command) -> str:
    """Return a verb's help, its example as a command of its own."""
    text, _, example = inspect.cleandoc(command.help or "").partition("\n\nExample: ")
    told = "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return f"{told}\n\n```sh\n{' '.join(example.split())}\n```" if example else told


def _exits() -> Iterator[str]:
    said = comments(Exit)
    yield "\n## Exit codes\n\n" + table("code", "name", "")
    for code in Exit:
        yield row(str(code.value), f"`{code.name.lower()}`", said.get(code.name, ""))


def _plugins() -> Iterator[str]:
    for group in wiring.GROUPS:
        yield f"\n## {group.capitalize()}\n\n" + table("name", "")
        for point in sorted(entry_points(group=f"palermo.{group}"), key=lambda point: point.name):
            if point.dist is None or point.dist.name != "palermo":
                continue
            yield row(f"`{point.name}`", first_line(point.load()))


def _words() -> Iterator[str]:
    yield "\n## Acts of a decision\n\n" + table("act", "")
    for act, told in decisions.ACTS.items():
        yield row(f"`{act}`", told)
    yield "\nRoles of a person: " + ", ".join(f"`{role}`" for role in decisions.ROLES) + ".\n"
    for title, kinds in (
        ("Kinds of event", EventKind),
        ("Kinds of value", Kind),
        ("Roles of a value in an event", Role),
    ):
        said = comments(kinds)
        yield f"\n## {title}\n\n" + table("name", "")
        for kind in kinds:
            yield row(f"`{kind}`", said.get(kind.name, ""))


# --- json.md ---------------------------------------------------------------------------------


def json_page() -> str:
    parts = [
        "# Answers as JSON\n\n",
        NOTE,
        "\nEvery verb takes `--json`. The workbench's service gives the same answers; its addresses are in"
        " `/api/openapi.json` of a case that is served.\n\n",
        first_paragraphs(answers),
        "\n\nA no is a [Refusal](#refusal), with the exit code of its kind.\n\n## By verb\n\n",
        table("verb", "answer"),
    ]
    needed: dict[str, type[BaseModel]] = {"Refusal": answers.Refusal}
    parts += [row(f"`{verb}`", _answer(verb, needed)) for verb in VERBS]
    parts += [_model(model) for _, model in sorted(needed.items())]
    return "".join(parts)


def first_paragraphs(module: object) -> str:
    paragraphs = inspect.cleandoc(inspect.getdoc(module) or "").split("\n\n")[1:]
    return "\n\n".join(" ".join(p.split()).replace("``", "`") for p in paragraphs)


def _answer(verb: str, needed: dict[str, type[BaseModel]]) -> str:
    models = []
    for name in METHODS.get(verb, (verb,)):
        method = getattr(workspace.Workspace, name, None)
        model = ANSWERS[verb] if verb in ANSWERS else get_type_hints(method)["return"]
        _gather(model, needed)
        models.append(f"[{model.__name__}](#{model.__name__.lower()})")
    return " or ".join(models)


def _gather(model: type[BaseModel], needed: dict[str, type[BaseModel]]) -> None:
    if model.__name__ in needed:
        return
    needed[model.__name__] = model
    for field in model.model_fields.values():
        for inner in _inside(field.annotation):
            _gather(inner, needed)


def _inside(annotation: Any) -> Iterator[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


def _type(annotation: Any) -> str:  # noqa: ANN401
    told = annotation.__name__ if isinstance(annotation, type) and not get_args(annotation) else ""
    told = told or re.sub(r"\b(?:[a-z_]+\.)+(?=\w)", "", str(annotation))
    return told.replace("NoneType", "null").replace("None", "null").replace("|", "\\|")


def _model(model: type[BaseModel]) -> str:
    said = comments(model)
    told = "" if model.__doc__ is None else f"{first_line(model)}\n\n"
    rows = [
        row(f"`{name}`", f"`{_type(field.annotation)}`", said.get(name, ""))
        for name, field in model.model_fields.items()
    ]
    return f"\n## {model.__name__}\n\n{told}" + table("field", "type", "") + "".join(rows)


PAGES = {"reference.md": reference, "json.md": json_page}

if __name__ == "__main__":
    for name, write in PAGES.items():
        (HERE / name).write_text(write(), encoding="utf-8", newline="\n")
        sys.stderr.write(f"{HERE / name}\n")
