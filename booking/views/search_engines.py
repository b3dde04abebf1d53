"""For search engines: which pages there are, and which are nobody's but a customer's."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from booking import wiring
from booking.actions.catalogue import Sought, look_through
from booking.views.previews import in_all_languages
from booking.visit import Visit


@require_safe
def sitemap(request: Visit) -> HttpResponse:
    """Every page that anybody may find, in every language. See https://www.sitemaps.org."""
    facts = wiring.facts_for(request)
    services = look_through(facts, Sought()).services
    paths = [
        reverse("booking:catalogue"),
        *(reverse("booking:service", args=[each.slug]) for each in services),
    ]
    pages = [in_all_languages(request.site, facts.business, path) for path in paths]
    return render(request, "sitemap.xml", {"pages": pages}, content_type="application/xml")


@require_safe
def robots(request: Visit) -> HttpResponse:
    """Bookings are kept out, and the sitemap is named. See https://www.rfc-editor.org/rfc/rfc9309."""
    lines = (
        "User-agent: *",
        "Disallow: /b/",
        "Disallow: /back/",
        f"Sitemap: {request.site.address(reverse('booking:sitemap'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain")
