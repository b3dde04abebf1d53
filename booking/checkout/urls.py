"""The addresses of our own checkout."""

from django.urls import path

from booking.checkout import views

app_name = "checkout"

urlpatterns = [
    path("b/<str:key>/pay/", views.pay, name="pay"),
    path("pretend/<str:page_id>/", views.pretend, name="pretend"),
    path("webhooks/<slug:name>/", views.notice, name="notice"),
]
