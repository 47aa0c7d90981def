"""What every answer tells the browser: nothing from elsewhere is loaded, nothing is embedded."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def policy(own_log_in: str = "") -> str:
    """``own_log_in``: the address of the hospital's log-in, to which a form of ours may lead."""
    parts = urlsplit(own_log_in)
    elsewhere = f" {parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data:",  # the second factor's QR code is an image in the page
            "style-src 'self' 'unsafe-inline'",  # charts carry their own styles
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            f"form-action 'self'{elsewhere}",
        )
    )


def headers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    told = policy(settings.OWN_LOG_IN)

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", told)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return answer
