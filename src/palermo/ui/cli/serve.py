"""`palermo serve`: the workbench on loopback."""

from functools import partial
from typing import Annotated

import typer

from palermo import answers
from palermo.ui.cli.common import Actor, Json, Purpose, Words, alone, err, opened, say


def serve(
    case: Words = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8765,
    no_pictures: Annotated[
        bool, typer.Option("--no-pictures", help="Show no pictures, not even blurred.")
    ] = False,
    purpose: Purpose = None,
    actor: Actor = None,
    json: Json = False,
) -> None:
    """Serve the workbench to this machine alone, and print its address.

    Example: palermo serve harbour
    """
    folder = alone(case)
    with opened(folder, actor, purpose) as workspace:
        workspace.status()  # a case without an authority in force is refused before it is served
    from palermo.safeguards.account import account
    from palermo.ui.rest.app import create
    from palermo.ui.rest.serve import serve as serving

    def announce(address: str) -> None:
        say(answers.Served(address=address), json, lambda served: iter([served.address]))
        err.print("Open this address in a browser; Ctrl-C ends.")

    app = partial(create, folder, actor or account(), pictures=not no_pictures, purpose=purpose)
    serving(app, port, announce)
