"""How far away Wix is, and whether its clock agrees with ours."""

from booking.wix.auth import NoCredentials
from tests.contract.conftest import Client
from tests.in_process import Sandbox


def test_wix_tells_its_clock_without_any_credential(client: Client, sandbox: Sandbox) -> None:
    measured = client(NoCredentials()).measure()
    assert measured.theirs == sandbox.now()
    assert measured.seconds >= 0
    assert sandbox.calls() == ["GET /oauth2/jwks"]
