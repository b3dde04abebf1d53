"""Django first: what walks and kills knows models as soon as it is imported."""

import django

django.setup()

from tests.kills.victims import main  # noqa: E402 - only once Django is set up

main()
