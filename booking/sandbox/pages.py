"""The few addresses for people: what the sandbox is, a service's page on the Wix site, pictures."""

from __future__ import annotations

from html import escape
from string import Template

from werkzeug.wrappers import Response

from booking.sandbox.media import picture
from booking.sandbox.services import service_with_slug
from booking.sandbox.wire import Json
from booking.sandbox.world import World

_PAGE = Template("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>$title</title>
<meta name="viewport" content="width=device-width">
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}
code{background:#8882;padding:.1em .3em}td,th{text-align:left;padding:.2rem .8rem .2rem 0;
vertical-align:top;overflow-wrap:anywhere}</style></head>
<body><h1>$title</h1>
$content
</body></html>
""")

CONTROLS = (
    ("GET", "/_sandbox/credentials", "what it takes to be this site's owner, app or visitor"),
    ("POST", "/_sandbox/reset", "everything as at the start; {seed?, now?}"),
    ("POST", "/_sandbox/seed", "load a seed {name}, or change records {services, staff, …}"),
    ("GET", "/_sandbox/clock", "what time it is here"),
    ("POST", "/_sandbox/clock", "{now} stand still, {advance} seconds, {} real time"),
    ("GET", "/_sandbox/faults", "faults in force"),
    ("POST", "/_sandbox/faults", "{path, delay, status, cut, malformed, lose_answer, times, …}"),
    ("DELETE", "/_sandbox/faults", "no faults"),
    ("GET", "/_sandbox/requests", "every call in order, and counts"),
    ("DELETE", "/_sandbox/requests", "forget them"),
    ("GET", "/_sandbox/settings", "reader lag, rate limit, nulls"),
    ("POST", "/_sandbox/settings", "{readerLagSeconds, rateLimitPerMinute, omitNulls, premium, …}"),
    ("GET", "/_sandbox/bookings", "all bookings, as the owner sees them"),
    ("GET", "/_sandbox/orders", "all orders, with payments and refunds"),
    ("GET", "/_sandbox/mails", "mails that Wix would have sent about orders"),
    ("GET", "/_sandbox/messages", "what Wix would have written about bookings, reminders too"),
    ("POST", "/_sandbox/settle", "let what Wix does a little later happen now"),
    ("GET", "/_sandbox/webhooks", "where notices go, and what became of them"),
    ("POST", "/_sandbox/webhooks", "{url, copies, shuffle, hold, compression, asText, forged}"),
    ("DELETE", "/_sandbox/webhooks", "no addresses, no notices"),
    ("POST", "/_sandbox/webhooks/redeliver", "{id}: that notice once more; {}: all"),
    ("GET", "/_sandbox/webhooks/bodies", "every notice, signed"),
    ("GET", "/_sandbox/instance", "the signed instance that pages in Wix's dashboard are given"),
)


def front_page(world: World, credentials: Json) -> Response:
    """What this is, how to log in, what can be turned."""
    facts = "".join(
        f"<tr><th>{name}</th><td><code>{escape(str(value))}</code></td></tr>"
        for name, value in credentials.items()
    )
    controls = "".join(
        f"<tr><td><code>{method} {path}</code></td><td>{escape(text)}</td></tr>"
        for method, path, text in CONTROLS
    )
    services = "".join(
        f'<li><a href="/service-page/{escape(service["mainSlug"]["name"])}">'
        f"{escape(service['name'])}</a> ({service['type'].lower()})</li>"
        for service in world.services.values()
    )
    return html_page(
        "An emulated Wix",
        f"<p>{escape(world.site['businessName'])}, a made-up business on an emulated Wix. "
        "Its API answers at Wix's own paths.</p>"
        f"<h2>Credentials</h2><table>{facts}</table><h2>Controls</h2><table>{controls}</table>"
        f"<h2>Services</h2><ul>{services}</ul>",
    )


def service_page(world: World, slug: str) -> Response:
    """Stands for the service's own page on the business's Wix site."""
    service = service_with_slug(world, slug)
    image = service["media"]["mainMedia"]
    shown = f'<img src="/media/{escape(image["image"]["id"])}" alt="" width="480">' if image else ""
    return html_page(
        service["name"],
        f"<p>{escape(service['tagLine'])}</p>{shown}<p>{escape(service['description'])}</p>"
        f"<p>This page stands for the one on {escape(world.site['businessName'])}'s Wix site.</p>",
    )


def media(world: World, media_id: str) -> Response:
    """A picture; unknown ids get one too, as a change of seed must not break a page."""
    width, height = _size(world, media_id)
    response = Response(picture(media_id, width, height), mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _size(world: World, media_id: str) -> tuple[int, int]:
    for record in (*world.services.values(), *world.staff.values()):
        for image in _images(record):
            if image["id"] == media_id:
                return image["width"], image["height"]
    return 960, 640


def _images(record: Json) -> list[Json]:
    media = record.get("media") or {"mainMedia": record.get("mainMedia")}
    held = [media.get("mainMedia"), media.get("coverMedia"), *media.get("items", [])]
    return [item["image"] for item in held if item and item.get("image")]


def html_page(title: str, content: str) -> Response:
    page = _PAGE.substitute(title=escape(title), content=content)
    return Response(page, mimetype="text/html")
