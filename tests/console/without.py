"""The site's addresses as they are without the console."""

from bookingsite.urls import handler400, handler404, handler500
from bookingsite.urls import urlpatterns as everything

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [each for each in everything if str(each.pattern) != "console/"]
