"""What tells a reader that an answer has not changed, and until when it holds (RFC 9110 and 9111)."""

import hashlib
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from loaders.editions import Edition

KEPT_SECONDS = 3600
PINNED_SECONDS = 86_400
CURRENT_SECONDS = 300
_FOREVER_SECONDS = 31_536_000
IMMUTABLE = f"public, max-age={_FOREVER_SECONDS}, immutable"


def kept(seconds: int) -> str:
    """The value of ``cache-control`` for an answer that holds so long, for everybody."""
    return f"public, max-age={seconds}"


def made(edition: Edition) -> datetime:
    """When the edition was made."""
    return datetime.fromisoformat(edition.manifest["created_at"]).astimezone(UTC)


def validators(edition: Edition, content: bytes | str, day: date | None = None) -> dict[str, str]:
    """What tells one answer from the next: the edition, and ``content``, its body or what decides it.

    An answer that counts from a ``day`` is never older than that day.
    """
    changed = made(edition)
    if day is not None:
        counted_from = min(day, datetime.now(UTC).date())
        changed = max(changed, datetime.combine(counted_from, time.min, tzinfo=UTC))
    body = content.encode() if isinstance(content, str) else content
    return {
        "etag": f'"{edition.id}-{hashlib.sha256(body).hexdigest()[:16]}"',
        "last-modified": format_datetime(changed.replace(microsecond=0), usegmt=True),
    }


def is_known(request: Request, headers: dict[str, str]) -> bool:
    """Whether the reader already has the answer of these validators (RFC 9110, § 13.1: the tag wins over the date)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return "*" in known or headers["etag"].removeprefix("W/") in known
    since = request.headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(headers["last-modified"]) <= parsedate_to_datetime(since).astimezone(UTC)
    except ValueError:
        return False


def answer(request: Request, body: bytes, headers: dict[str, str], media_type: str) -> Response:
    """``body`` for a reader who does not have it, 304 for the others, no body for HEAD.

    ``headers`` hold the validators.
    """
    if is_known(request, headers):
        return Response(status_code=304, headers=headers)
    whole = headers | {"content-length": str(len(body))}
    return Response(body if request.method == "GET" else b"", headers=whole, media_type=media_type)
