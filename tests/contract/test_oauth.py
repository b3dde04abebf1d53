"""A client gets its tokens of the sandbox as of Wix, and learns whom another token speaks for."""

import pytest

from booking.domain.installation import Subject
from booking.wix import VisitorCredentials
from booking.wix.auth import Auth, ExternalLogin, NoCredentials
from booking.wix.errors import WixForbidden
from tests.contract.conftest import Client
from tests.in_process import Sandbox

JO = "5e100000-0000-4000-8000-00000000000a"


def token_of(auth: Auth, client: Client) -> str:
    """The access token with which ``auth`` signs, after it has signed one call."""
    client(auth).services.query()
    return auth.sign(lambda _request: b"").headers["Authorization"]


def a_visitor(sandbox: Sandbox, refresh_token: str | None = None) -> VisitorCredentials:
    return VisitorCredentials(sandbox.credentials["clientId"], refresh_token)


def test_an_app_is_told_to_be_one(client: Client, app: Auth, sandbox: Sandbox) -> None:
    info = client(NoCredentials()).oauth.token_info(token_of(app, client))
    assert info
    assert (info.subject, info.client_id) == (Subject.APP, sandbox.credentials["appId"])
    assert info.instance_id == sandbox.credentials["instanceId"]
    assert info.ends


def test_a_visitor_stays_the_same_with_the_refresh_token(client: Client, sandbox: Sandbox) -> None:
    first = a_visitor(sandbox)
    before = client(NoCredentials()).oauth.token_info(token_of(first, client))
    again = a_visitor(sandbox, first.refresh_token)
    after = client(NoCredentials()).oauth.token_info(token_of(again, client))
    another = client(NoCredentials()).oauth.token_info(token_of(a_visitor(sandbox), client))
    assert before
    assert after
    assert another
    assert before.subject is Subject.VISITOR
    assert before.subject_id == after.subject_id != another.subject_id


def test_a_member_whom_the_business_knows_gets_a_token(
    client: Client, owner: Auth, sandbox: Sandbox
) -> None:
    visitor = token_of(a_visitor(sandbox), client)
    login = ExternalLogin(visitor, sandbox.credentials["apiKey"])
    member = a_visitor(sandbox, client(login).oauth.member(JO))
    info = client(NoCredentials()).oauth.token_info(token_of(member, client))
    assert info
    assert (info.subject, info.subject_id) == (Subject.MEMBER, JO)


def test_a_member_needs_both_proofs(client: Client, sandbox: Sandbox) -> None:
    visitor = token_of(a_visitor(sandbox), client)
    with pytest.raises(WixForbidden):
        client(ExternalLogin(visitor, "IST.guessed")).oauth.member(JO)
    with pytest.raises(WixForbidden):
        client(ExternalLogin("guessed", sandbox.credentials["apiKey"])).oauth.member(JO)


def test_a_dead_token_speaks_for_nobody(client: Client, app: Auth, sandbox: Sandbox) -> None:
    token = token_of(app, client)
    sandbox.advance(4 * 60 * 60)
    anybody = client(NoCredentials())
    assert anybody.oauth.token_info(token) is None
    assert anybody.oauth.token_info("made up") is None


@pytest.mark.parametrize(
    ("whose", "subject"), [({}, Subject.USER), ({"visitor": True}, Subject.VISITOR)], ids=str
)
def test_wix_also_says_what_a_signed_instance_is(
    client: Client, sandbox: Sandbox, whose: dict[str, bool], subject: Subject
) -> None:
    value = sandbox.signed_instance(**whose)
    info = client(NoCredentials()).oauth.token_info(value)
    assert info
    assert (info.subject, info.instance_id) == (subject, sandbox.credentials["instanceId"])
    signature, _, payload = value.partition(".")
    assert client(NoCredentials()).oauth.token_info(f"{signature[::-1]}.{payload}") is None


def test_a_removed_app_is_not_connected(client: Client, app: Auth, sandbox: Sandbox) -> None:
    wix = client(app)
    wix.services.query()
    sandbox.settings(installed=False)
    with pytest.raises(WixForbidden):
        wix.services.query()
