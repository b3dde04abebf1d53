"""``python -m tests.stripe_stand_in --port 8200``."""

import argparse
import signal
import sys
from threading import Thread
from types import FrameType

from tests.stripe_stand_in.app import API_KEY, StripeStandIn
from tests.stripe_stand_in.notices import SECRET
from tests.stripe_stand_in.server import server_for


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    options = _options()
    stand_in = StripeStandIn()
    server = server_for(stand_in, options.host, options.port)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for serve_forever(), which this very thread runs.
        Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    sys.stdout.write(
        f"A stand-in of Stripe: http://{options.host}:{server.server_port}/ "
        f"key {API_KEY} notices signed with {SECRET}\n"
    )
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    stand_in.close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.stripe_stand_in", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8200)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
