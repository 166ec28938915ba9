"""Lets in the workbench opened with this start's token, from this machine, and nobody else.

A page of another site must not reach the case through the user's browser: the Host header is
checked (DNS rebinding), a POST must come from our own origin as JSON (forged requests), and every
answer carries a policy that lets the page load and call nothing but its own origin.
"""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import Request, Response

from palermo.ui.rest.errors import refusal

HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
HEADERS = {
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SESSION = "/api/session"

log = logging.getLogger(__name__)
Next = Callable[[Request], Awaitable[Response]]


class Guard:
    """Middleware; `token` is random and made anew at each start."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        # Cookies are shared by all ports of a host: two cases served at once keep theirs apart.
        self.cookie = "palermo-" + hashlib.sha256(self._token).hexdigest()[:12]

    async def __call__(self, request: Request, call_next: Next) -> Response:
        response = self._refuse(request)
        if response is None:
            try:
                response = await call_next(request)
            except Exception:
                log.exception("%s %s", request.method, request.url.path)
                response = refusal(
                    500,
                    "internal",
                    "The request could not be answered",
                    "Something unexpected went wrong in Palermo; the case is unchanged",
                    "See the terminal that serves the workbench",
                )
        response.headers.update(HEADERS)
        if request.url.path.startswith("/api/"):
            response.headers["Cache-Control"] = "no-store"
        return response

    def right(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token)

    def _refuse(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if urlsplit(f"//{host}").hostname not in HOSTS:
            return refusal(
                421,
                "refused",
                "This address is not served",
                "The workbench answers to this machine's own name only",
                "Open the address that `palermo serve` printed",
            )
        if not request.url.path.startswith("/api/"):
            return None
        # A server on another port of this machine is another site's page all the same.
        elsewhere = request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
        if elsewhere or (request.method not in ("GET", "HEAD") and not _own(request, host)):
            return refusal(
                403,
                "refused",
                "The request was not accepted",
                "It did not come from the workbench itself",
                "Act from the workbench's own page",
            )
        if request.url.path == SESSION and request.method == "POST":
            return None
        if not self._known(request):
            return refusal(
                401,
                "refused",
                "The case is closed to this page",
                "It does not carry the token of this start",
                "Open the whole address that `palermo serve` printed",
            )
        return None

    def _known(self, request: Request) -> bool:
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self.right(bearer)
        return self.right(request.cookies.get(self.cookie, ""))


def _own(request: Request, host: str) -> bool:
    """Tell whether a request that changes something comes from our own page or from no browser."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host
