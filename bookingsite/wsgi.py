"""The WSGI application that gunicorn serves: the site, behind the pages that are kept and the
door for Wix's notices.
"""

import os

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookingsite.settings")

_site = get_wsgi_application()

from booking.models import stamp  # noqa: E402  # models can be imported once Django is set up
from booking.page_cache import PageCache  # noqa: E402  # likewise
from booking.webhooks.door import Door  # noqa: E402  # likewise

# A server runs no checks by itself; a bad combination of settings must stop it too.
if wrong := [str(each) for each in checks.run_checks() if each.is_serious()]:
    raise ImproperlyConfigured("\n".join(wrong))

application = Door(PageCache(_site, stamp.path()))
