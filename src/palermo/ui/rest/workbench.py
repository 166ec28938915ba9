"""Serves the built web workbench; every address that is no file of it is one of its views."""

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, PlainTextResponse, Response

from palermo.ui.rest.errors import refusal

FOLDER = Path(__file__).parent.parent / "workbench"
NOT_BUILT = """The web workbench is not built.

It is part of the installed package; in a clone, build it once with

    make workbench

(or, where Node 20.19 or newer is at hand: cd web && npm ci && npm run build),
then load this page again. Everything else works without it: palermo --help
"""

router = APIRouter(include_in_schema=False)


@router.get("/{path:path}")
def serve(request: Request, path: str) -> Response:
    if path == "api" or path.startswith("api/"):
        return refusal(
            404,
            "not_found",
            "There is nothing to answer this",
            f"GET /{path} is not a route",
            "See /api/openapi.json for what can be asked",
        )
    folder: Path = request.app.state.workbench
    index = folder / "index.html"
    if not index.is_file():
        return PlainTextResponse(NOT_BUILT, status_code=503)
    asset = (folder / path).resolve()
    if asset.is_file() and asset.is_relative_to(folder.resolve()) and asset != index:
        # Vite names built assets by their content, so that they never change.
        caching = "max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
        return FileResponse(asset, headers={"Cache-Control": caching})
    if path.startswith("assets/"):
        return PlainTextResponse("No such file.", status_code=404)
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
