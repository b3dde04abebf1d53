"""``python -m booking.sandbox --port 8100 --seed studio``."""

from __future__ import annotations

import argparse
import signal
import sys
from threading import Thread
from types import FrameType

from booking.sandbox.app import Sandbox
from booking.sandbox.seeds import NAMES
from booking.sandbox.server import serve


def main() -> int:
    """Serve until SIGTERM or SIGINT."""
    options = _options()
    sandbox = Sandbox(options.seed)
    server = serve(sandbox, options.host, options.port)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # shutdown() waits for serve_forever(), which this very thread runs.
        Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"Emulated Wix, seed {options.seed}: http://{options.host}:{server.port}/", flush=True)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    sandbox.close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m booking.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--seed", choices=NAMES, default="studio")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
