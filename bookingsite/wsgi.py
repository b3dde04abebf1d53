"""The WSGI application that gunicorn serves: the site, behind its layers."""

import os

from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bookingsite.settings")

_site = get_wsgi_application()

# A server runs no checks by itself; a bad combination of settings must stop it too.
if wrong := [str(each) for each in checks.run_checks() if each.is_serious()]:
    raise ImproperlyConfigured("\n".join(wrong))

# By name, since models can be imported only once Django is set up.
application = import_string("bookingsite.layers.around")(_site)
