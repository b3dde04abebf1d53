"""Tokens: an app's, a headless visitor's, a member's; what a token says; who a request comes from.

Source: Wix Headless and Wix API authentication, "Create Access Token", "Token Info", "API keys".
"""

from __future__ import annotations

import base64
import hashlib

from booking.sandbox.accounts import (
    ACCOUNT_ID,
    API_KEY,
    APP_ID,
    APP_SECRET,
    CLIENT_ID,
    INSTANCE_ID,
    SITE_ID,
)
from booking.sandbox.app_instance import read_instance
from booking.sandbox.call import Call, Caller, For, Route
from booking.sandbox.wire import Json, WixError, a_guid, missing, refusal
from booking.sandbox.world import World

LIFE_SECONDS = 14_400


def token(world: World, call: Call) -> Json:
    """Client credentials say ``grant_type``, visitors say ``grantType``: one address, two ways."""
    body = call.body
    match body.get("grant_type"), body.get("grantType"):
        case "client_credentials", _:
            return _app_token(world, body)
        case "authorized_client", _:
            return _member_token(world, body, call.authorization)
        case _, "anonymous":
            _check_client(body)
            return _personal(world, {"kind": "visitor", "id": world.next_id("visitor")})
        case _, "refresh_token":
            return _refreshed(world, body)
        case _, "authorization_code":
            return _member_by_code(world, body)
    raise oauth_error("invalid_request")


def _app_token(world: World, body: Json) -> Json:
    """Without an instance the token is good for nothing on a site."""
    if (body.get("client_id"), body.get("client_secret")) != (APP_ID, APP_SECRET):
        raise oauth_error("invalid_client")
    instance = body.get("instance_id")
    if instance is not None and (instance != INSTANCE_ID or not world.settings.installed):
        raise oauth_error("invalid_grant")
    return _issued(world, {"kind": "app", "id": APP_ID, "site": instance is not None})


def _member_token(world: World, body: Json, authorization: str) -> Json:
    """A member whom the business knows from a login of its own.

    The header holds two proofs joined by a comma: a visitor's token and the owner's key.
    """
    visitor, _, key = authorization.removeprefix("Bearer ").partition(",")
    kept = _living(world, visitor.strip())
    if key.strip() != API_KEY or kept is None or kept["kind"] != "visitor":
        raise WixError(401, "")
    if body.get("scope") != "offline_access":
        raise oauth_error("invalid_request")
    return _personal(world, {"kind": "member", "id": a_guid(body.get("member_id"), "member_id")})


def _member_by_code(world: World, body: Json) -> Json:
    """A member who has logged in on Wix's page: the code works once, with its PKCE verifier."""
    _check_client(body)
    code = str(body.get("code"))
    kept = world.tokens.get(code)
    if kept is None or kept["kind"] != "code":
        raise oauth_error("invalid_grant")
    del world.tokens[code]
    digest = hashlib.sha256(str(body.get("codeVerifier")).encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    if (kept["codeChallenge"], kept["redirectUri"]) != (challenge, body.get("redirectUri")):
        raise oauth_error("invalid_grant")
    return _personal(world, {"kind": "member", "id": kept["id"]})


def _refreshed(world: World, body: Json) -> Json:
    """A new token for the same person; the refresh token stays."""
    _check_client(body)
    refresh = str(body.get("refreshToken"))
    kept = world.tokens.get(refresh)
    if kept is None or kept["kind"] != "refresh":
        raise oauth_error("invalid_grant")
    return _issued(world, kept["of"]) | {"refresh_token": refresh}


def _check_client(body: Json) -> None:
    if body.get("clientId") != CLIENT_ID:
        raise oauth_error("invalid_client")


def _personal(world: World, holder: Json) -> Json:
    refresh = f"JWS.sandbox.{world.next_id('refresh')}"
    world.tokens[refresh] = {"kind": "refresh", "of": holder}
    return _issued(world, holder) | {"refresh_token": refresh}


def _issued(world: World, holder: Json) -> Json:
    text = f"OauthNG.JWS.sandbox.{world.next_id('token')}"
    now = world.now()
    world.tokens[text] = holder | {"since": now, "until": now + LIFE_SECONDS}
    return {"access_token": text, "token_type": "Bearer", "expires_in": LIFE_SECONDS}


def oauth_error(code: str) -> WixError:
    """OAuth's own shape of error, not Wix's."""
    error = WixError(400, code)
    error.body = {"error": code, "error_description": f"The sandbox answers {code}"}
    return error


def token_info(world: World, call: Call) -> Json:
    """What a token or a signed instance says; of a dead one only that it is dead."""
    text = call.body.get("token")
    if not isinstance(text, str) or not text:
        raise missing("token")
    kept = _living(world, text.removeprefix("Bearer "))
    if kept:
        return _info(kept)
    instance = read_instance(text, world.now())
    if instance is None:
        return {"active": False}
    user = instance.get("uid")
    return {
        "active": True,
        "subjectType": "USER" if user else "VISITOR",
        "subjectId": user or instance.get("aid"),
        **_OF_APP,
    }


_TENANT = {"siteId": SITE_ID, "accountId": ACCOUNT_ID}
_OF_APP = {"clientId": APP_ID, "instanceId": INSTANCE_ID, **_TENANT}


def _info(kept: Json) -> Json:
    who = {"subjectType": kept["kind"].upper(), "subjectId": kept["id"]}
    ends = {"iat": str(int(kept["since"])), "exp": str(int(kept["until"]))}
    if kept["kind"] != "app":
        return {"active": True, **who, "clientId": CLIENT_ID, **_TENANT, **ends}
    tenant = _OF_APP if kept["site"] else {"clientId": APP_ID}
    return {"active": True, **who, **tenant, **ends}


def public_keys(_world: World, _call: Call) -> Json:
    """The keys of Wix's own logins, for everybody: here there are none."""
    return {"keys": []}


def identify(world: World, authorization: str | None, site_id: str | None) -> tuple[Caller, Json]:
    """Who asks, and how a booking will name them.

    Raises: WixError 401 without a living token, 403 for a key or an app without a site, 404 for a
    wrong site.
    """
    text = (authorization or "").removeprefix("Bearer ").strip()
    if text == API_KEY:
        return _owner(site_id)
    kept = _living(world, text)
    if kept is None:
        raise WixError(401, "")
    match kept["kind"]:
        case "visitor":
            return Caller.VISITOR, {"anonymousVisitorId": kept["id"]}
        case "member":
            return Caller.MEMBER, {"memberId": kept["id"]}
    if not kept["site"]:
        raise refusal(403, "PERMISSION_DENIED")
    if not world.settings.installed:
        raise WixError(401, "")
    return Caller.APP, {"appId": APP_ID}


def _living(world: World, text: str) -> Json | None:
    kept = world.tokens.get(text)
    return kept if kept and kept["kind"] != "refresh" and kept["until"] > world.now() else None


def _owner(site_id: str | None) -> tuple[Caller, Json]:
    if not site_id:
        raise refusal(403, "PERMISSION_DENIED", "An account-level identity cannot call a site")
    if site_id != SITE_ID:
        raise refusal(404, "META_SITE_NOT_FOUND", f"Meta site {site_id} not found")
    return Caller.OWNER, {"wixUserId": ACCOUNT_ID}


ROUTES = (
    Route("POST", token, ("/oauth2/token",), For.EVERYBODY),
    Route("POST", token_info, ("/oauth2/token-info",), For.EVERYBODY),
    Route("GET", public_keys, ("/oauth2/jwks",), For.EVERYBODY),
)
