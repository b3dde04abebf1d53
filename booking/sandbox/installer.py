"""The page that puts an app on a site. Source: Wix, "About the External Install Flow"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.utils import redirect

from booking.sandbox.app_instance import after_installation

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from booking.sandbox.app import Sandbox

PATH = "/app-installer"


def install(sandbox: Sandbox, request: Request) -> Response:
    """The owner agrees at once; the browser goes where ``postInstallationUrl`` says.

    Raises: WixError.
    """
    address = after_installation(sandbox.world, request.args.to_dict())
    sandbox.settings.installed = True
    sandbox.settings.installations += 1
    sandbox.tell({})
    return redirect(address)
