"""The address for Wix's notices; those of providers of money are the checkout's."""

from django.urls import path

from booking.webhooks import views

app_name = "webhooks"

urlpatterns = [path("webhooks/wix/", views.wix, name="wix")]
