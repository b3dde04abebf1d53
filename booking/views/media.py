"""The business's pictures, through us."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from booking import pictures, wiring
from booking.visit import Visit
from booking.wix.errors import WixRefused

A_MONTH = 30 * 24 * 3600


@require_safe
def picture(request: Visit, media_id: str, width: int) -> HttpResponse:
    """One of Wix's pictures at one of our widths; a picture's id never changes its content."""
    if width not in pictures.WIDTHS or not pictures.MEDIA_ID.fullmatch(media_id):
        raise Http404
    made = pictures.kept(request.site.name, media_id, width)
    if made is None:
        made = _make(request, media_id, width)
        pictures.keep(request.site.name, media_id, width, made)
    response = HttpResponse(made, content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={A_MONTH}, immutable"
    return response


def _make(request: Visit, media_id: str, width: int) -> bytes:
    try:
        original, _ = wiring.wix_of(request.site).media(media_id, pictures.LARGEST_BYTES)
        return pictures.shrunk(original, width)
    except (WixRefused, pictures.Unreadable) as error:
        raise Http404 from error
