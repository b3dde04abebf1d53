"""How gunicorn serves the site: ``gunicorn --config python:bookingsite.gunicorn``.

Most of a cold page is waiting for Wix, so threads carry the load. gunicorn does not share
connections evenly between workers: each gets the whole number of threads.
"""

import os
from pathlib import Path

wsgi_app = "bookingsite.wsgi:application"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("THREADS", "32"))

# Seconds. An answer may wait for Wix twice before it gives up; after a stop signal the answers in
# flight are still finished, because one of them may be somebody's booking.
timeout = 60
graceful_timeout = 30
keepalive = 5

# Addresses carry the keys of bookings, the customers' only credential: they are never logged here.
accesslog = None
errorlog = "-"

# The heartbeat is a file; on a slow disk it would stop a healthy worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # not a file of ours
control_socket_disable = True
