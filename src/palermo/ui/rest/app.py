"""The service of one case: a route a verb, the workbench, and the guard before both."""

from pathlib import Path

from fastapi import APIRouter, FastAPI

from palermo import __version__
from palermo.ui.rest import (
    checks,
    consents,
    custody,
    events,
    exhibits,
    gazetteer,
    leads,
    movements,
    network,
    notes,
    packages,
    pictures,
    problems,
    review,
    session,
    status,
    watches,
    why,
    workbench,
)
from palermo.ui.rest.desk import Case, Opener
from palermo.ui.rest.errors import RESPONSES, handle
from palermo.ui.rest.guard import Guard

NOUNS = (
    session,
    status,
    events,
    why,
    network,
    movements,
    leads,
    review,
    exhibits,
    custody,
    problems,
    notes,
    consents,
    checks,
    watches,
    packages,
    pictures,
    gazetteer,
)


def create(
    case: Path,
    actor: str,
    token: str,
    *,
    opener: Opener | None = None,
    pictures: bool = True,
    purpose: str | None = None,
) -> FastAPI:
    """Return the service of `case` for the holder of `token`; `opener` is `Workspace.open`. Without
    `pictures` it gives none, to whoever asks; `purpose` is that of requests that state none."""
    app = FastAPI(
        title="Palermo",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        separate_input_output_schemas=False,
    )
    app.state.case = Case(case, actor, opener or _opener(), pictures, purpose)
    app.state.guard = Guard(token)
    app.state.workbench = workbench.FOLDER
    app.middleware("http")(app.state.guard)
    handle(app)
    api = APIRouter(prefix="/api", responses=RESPONSES)
    for noun in NOUNS:
        api.include_router(noun.router)
    app.include_router(api)
    app.include_router(workbench.router)
    return app


def _opener() -> Opener:
    from palermo.workspace import Workspace

    return Workspace.open
