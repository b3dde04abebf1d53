"""The addresses of the console."""

from django.urls import path

from booking.console import views

app_name = "console"

urlpatterns = [
    path("", views.todo, name="todo"),
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("bookings/<str:reference>/", views.booking, name="booking"),
    path("bookings/<str:reference>/again/", views.again, name="again"),
    path("bookings/<str:reference>/look/", views.look, name="look"),
    path("bookings/<str:reference>/done/", views.done, name="done"),
]
