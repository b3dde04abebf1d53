"""Tokens: an app's client credentials, a headless visitor, and who a request comes from.

Source: Wix Headless and Wix API authentication, "Create Access Token", "API keys".
"""

from __future__ import annotations

from booking.sandbox.call import Call, Caller, For, Route
from booking.sandbox.wire import Json, WixError, guid, refusal
from booking.sandbox.world import World

API_KEY = "IST.sandbox.studio-owner"
APP_SECRET = "sandbox-app-secret"  # noqa: S105 - a made-up secret of a made-up site
SITE_ID = guid("site", "studio")
ACCOUNT_ID = guid("account", "studio")
APP_ID = guid("app", "studio")
INSTANCE_ID = guid("instance", "studio")
CLIENT_ID = guid("client", "studio")
LIFE_SECONDS = 14_400


def token(world: World, call: Call) -> Json:
    """Client credentials say ``grant_type``, visitors say ``grantType``: one address, two ways."""
    body = call.body
    if body.get("grant_type") == "client_credentials":
        return _app_token(world, body)
    if body.get("grantType") == "anonymous":
        _check_client(body)
        return _visitor_token(world, world.next_id("visitor"))
    if body.get("grantType") == "refresh_token":
        _check_client(body)
        kept = world.tokens.get(str(body.get("refreshToken")))
        if kept is None or kept["kind"] != "refresh":
            raise oauth_error("invalid_grant")
        return _visitor_token(world, kept["visitor"])
    raise oauth_error("invalid_request")


def _app_token(world: World, body: Json) -> Json:
    if (body.get("client_id"), body.get("client_secret")) != (APP_ID, APP_SECRET):
        raise oauth_error("invalid_client")
    if body.get("instance_id") != INSTANCE_ID:
        raise oauth_error("invalid_grant")
    return _issued(world, {"kind": "app"})


def _check_client(body: Json) -> None:
    if body.get("clientId") != CLIENT_ID:
        raise oauth_error("invalid_client")


def _visitor_token(world: World, visitor: str) -> Json:
    refresh = f"JWS.sandbox.{world.next_id('refresh')}"
    world.tokens[refresh] = {"kind": "refresh", "visitor": visitor}
    return _issued(world, {"kind": "visitor", "visitor": visitor}) | {"refresh_token": refresh}


def _issued(world: World, holder: Json) -> Json:
    text = f"OauthNG.JWS.sandbox.{world.next_id('token')}"
    world.tokens[text] = holder | {"until": world.now() + LIFE_SECONDS}
    return {"access_token": text, "token_type": "Bearer", "expires_in": LIFE_SECONDS}


def oauth_error(code: str) -> WixError:
    """OAuth's own shape of error, not Wix's."""
    error = WixError(400, code)
    error.body = {"error": code, "error_description": f"The sandbox answers {code}"}
    return error


def identify(world: World, authorization: str | None, site_id: str | None) -> tuple[Caller, Json]:
    """Who asks, and how a booking will name them.

    Raises: WixError 401 without a living token, 403 for a key without a site, 404 for a wrong site.
    """
    text = (authorization or "").removeprefix("Bearer ").strip()
    if text == API_KEY:
        return _owner(site_id)
    kept = world.tokens.get(text)
    if kept is None or kept["kind"] == "refresh" or kept["until"] <= world.now():
        raise WixError(401, "")
    if kept["kind"] == "visitor":
        return Caller.VISITOR, {"anonymousVisitorId": kept["visitor"]}
    return Caller.APP, {"appId": APP_ID}


def _owner(site_id: str | None) -> tuple[Caller, Json]:
    if not site_id:
        raise refusal(403, "PERMISSION_DENIED", "An account-level identity cannot call a site")
    if site_id != SITE_ID:
        raise refusal(404, "META_SITE_NOT_FOUND", f"Meta site {site_id} not found")
    return Caller.OWNER, {"wixUserId": ACCOUNT_ID}


ROUTES = (Route("POST", token, ("/oauth2/token",), For.EVERYBODY),)
