"""The customers' addresses."""

from django.urls import path

from booking.views import (
    bookings,
    catalogue,
    changes,
    details,
    holds,
    links,
    media,
    operation,
    plans,
    search_engines,
    services,
    together,
    wix_checkout,
)

app_name = "booking"

urlpatterns = [
    path("", catalogue.catalogue, name="catalogue"),
    path("services/<str:slug>/", services.times, name="service"),
    path("services/<str:slug>/hold/", holds.hold, name="hold"),
    path("together/", together.plan, name="together"),
    path("together/hold/", together.hold, name="hold_together"),
    path("b/<str:key>/", bookings.show, name="booking"),
    path("b/<str:key>/details/", details.submit, name="details"),
    path("b/<str:key>/cancel/", changes.cancel, name="cancel"),
    path("b/<str:key>/other/", changes.other, name="other"),
    path("b/<str:key>/move/", changes.move, name="move"),
    path("b/<str:key>/extend/", holds.extend, name="extend"),
    path("b/<str:key>/calendar.ics", bookings.calendar_file, name="calendar_file"),
    path("b/<str:key>/plan/", plans.buy, name="buy_plan"),
    path("b/<str:key>/wix/", wix_checkout.leave, name="to_wix"),
    path("b/<str:key>/otherwise/", wix_checkout.otherwise, name="pay_otherwise"),
    path("b/<str:key>/look/", wix_checkout.look, name="look_at_wix"),
    path("back/<str:token>/", wix_checkout.back, name="back"),
    path("my-link/", links.lost_link, name="lost_link"),
    path("media/<str:media_id>/<int:width>", media.picture, name="media"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("healthz", operation.healthz, name="healthz"),
    path("readyz", operation.readyz, name="readyz"),
]
