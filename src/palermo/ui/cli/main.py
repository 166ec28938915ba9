"""The command line: one file a verb in this folder, gathered here."""

import importlib
import io
import logging
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import typer

from palermo import __version__
from palermo.ui.cli.common import Exit, err, refuse

# In the order in which a case is worked.
VERBS = (
    "new", "authorise", "add", "known", "mapping", "words", "consent", "note", "check", "run",
    "status", "problems", "search", "show", "why", "network", "timeline", "movements",
    "leads", "watch", "alerts", "review", "share", "verify", "custody", "serve", "simulate", "score",
)  # fmt: skip

app = typer.Typer(
    name="palermo",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Evidence against trafficking in persons and smuggling of migrants, linked and explained.",
    epilog="Exit codes: "
    + ", ".join(f"{code.value} {code.name.lower()}" for code in Exit)
    + ". Results go to standard output, everything else to standard error.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _palermo(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    pass


for _verb in VERBS:
    _module = importlib.import_module(f"palermo.ui.cli.{_verb}")
    app.command(_verb)(getattr(_module, _verb))


# Typer carries a copy of Click, and names no base of the errors in a command's words.
_UsageError: type[Exception] = typer.BadParameter.__mro__[2]


def main(words: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; every no has a name, and none ends in a traceback."""
    words = (sys.argv[1:] if words is None else list(words)) or ["--help"]
    json = "--json" in words
    # A connection that Ctrl-C closes is told of by our own message.
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
    for stream in (sys.stdout, sys.stderr):  # whatever the terminal's own encoding
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(words, prog_name="palermo", standalone_mode=False) or Exit.OK
    except (KeyboardInterrupt, typer.Abort):
        code = Exit.INTERRUPTED
    except Exception as error:
        code = refuse(*_named(error, words), json)
    if code == Exit.INTERRUPTED:
        err.print("Interrupted. What was finished is kept; the same command goes on from there.")
    sys.exit(int(code))


def _named(error: Exception, words: Sequence[str]) -> tuple[str, str, str, str]:
    """Return what, why, what next and the name of an error."""
    from palermo.safeguards.refusal import Refused

    again = "Mend that, then run the same command again: what was finished is kept"
    match error:
        case Refused():
            return error.what, error.why, error.next, error.error
        case _UsageError():
            return _usage(error)
        case UnicodeError():
            return "read text", str(error), "Give it in UTF-8", "invalid"
        case OSError():
            where = f" ({error.filename})" if error.filename else ""
            return "read or write", f"{error.strerror or error}{where}", again, "fault"
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        return "read the command's words", "they are no Unicode", "Give them in UTF-8", "invalid"
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    why = f"{type(error).__name__} at {where}: {error}"
    next = "See whether the case is whole: palermo verify CASE. If it is, report this fault"
    return "go on", why, next, "fault"


def _usage(error: Any) -> tuple[str, str, str, str]:  # noqa: ANN401
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "palermo"
    return command, error.format_message().rstrip("."), f"See: {command} --help", "invalid"
