"""The one shape of every error: what, why and what to do next (`answers.Refusal`)."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from palermo.answers import Refusal
from palermo.safeguards.refusal import Refused
from palermo.ui.hints import paste

STATUS = {
    "not_found": 404,
    "invalid": 422,
    "busy": 409,
    "fault": 500,
    "unsound": 500,
}  # any other refusal is a 403
RESPONSES: dict[int | str, dict[str, object]] = {
    code: {"model": Refusal} for code in (401, 403, 404, 409, 421, 422, 500)
}


def refusal(status: int, error: str, what: str, why: str, next: str) -> JSONResponse:
    body = Refusal(error=error, what=what, why=why, next=next)
    return JSONResponse(body.model_dump(mode="json"), status_code=status)


def handle(app: FastAPI) -> None:
    """Make `app` answer every error in the one shape."""

    @app.exception_handler(Refused)
    def refused(request: Request, error: Refused) -> JSONResponse:
        status = STATUS.get(error.error, 403)
        folder = request.app.state.case.folder
        why, next = paste(error.why, folder), paste(error.next, folder)
        return refusal(status, error.error, error.what, why, next)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # The faults' places and kinds only: the values may be identifiers.
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}"
            for fault in error.errors()
        )
        return refusal(
            422, "invalid", "The request is not understood", faults, "Correct it and ask again"
        )

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> JSONResponse:
        name = {404: "not_found", 405: "invalid"}.get(error.status_code, "refused")
        why = f"{request.method} {request.url.path}: {error.detail}"
        return refusal(
            error.status_code,
            name,
            "There is nothing to answer this",
            why,
            "See /api/openapi.json for what can be asked",
        )
