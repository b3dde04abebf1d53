"""For those who run the site: is it alive, is it ready."""

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from booking.models import Attempt, Notice

WORKER_LATE = timedelta(minutes=5)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process lives. The middleware answers before this; the address is named here."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """Database reached, migrations applied, nothing due for longer than five minutes; 503 if not."""
    try:
        checks = {"database": True, "migrations": _is_migrated(), "worker": _is_worked_on()}
    except DatabaseError:
        checks = {"database": False, "migrations": False, "worker": False}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _is_worked_on() -> bool:
    """Also what is leased counts: a worker whose threads are stuck leases anew and settles nothing."""
    late = timezone.now() - WORKER_LATE
    attempts = Attempt.objects.filter(settled=None, due__lte=late)
    return not (attempts.exists() or Notice.objects.due(late).exists())
