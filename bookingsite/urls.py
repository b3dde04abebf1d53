"""Addresses: composes, decides nothing."""

from django.urls import include, path

urlpatterns = [
    path("", include("booking.webhooks.urls")),
    path("", include("booking.checkout.urls")),
    path("console/", include("booking.console.urls")),
    path("", include("booking.urls")),
]

handler400 = "booking.views.errors.bad_request"
handler404 = "booking.views.errors.not_found"
handler500 = "booking.views.errors.broken"
