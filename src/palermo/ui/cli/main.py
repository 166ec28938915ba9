"""The command line: one file a verb in this folder, gathered here."""

import importlib
import sys

import typer

from palermo import __version__
from palermo.ui.cli.common import Exit, err, refuse

# In the order in which a case is worked.
VERBS = (
    "new", "authorise", "add", "mapping", "note", "check", "run", "status", "problems", "search",
    "show", "why", "network", "timeline", "movements", "review", "share", "verify", "custody",
    "serve", "simulate", "score",
)  # fmt: skip

app = typer.Typer(
    name="palermo",
    no_args_is_help=True,
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


def main() -> None:
    """Run the command line; every no has a name, and none ends in a traceback."""
    from palermo.safeguards.refusal import Refused

    json = "--json" in sys.argv
    try:
        app(standalone_mode=True)
    except Refused as no:
        sys.exit(refuse(no.what, no.why, no.next, no.error, json))
    except KeyboardInterrupt:
        err.print("Interrupted. What was finished is kept; the same command goes on from there.")
        sys.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.exit(Exit.OK)
    except OSError as error:
        why = f"{error.strerror or error} ({error.filename})" if error.filename else str(error)
        nexts = "Mend that, then run the same command again: what was finished is kept."
        sys.exit(refuse("read or write", why, nexts, "fault", json) and Exit.FAULT)
