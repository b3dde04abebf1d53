"""The page on which a customer pays: plain forms, the numbers of Stripe's test cards, no script.

Source: guide "Testing" for the cards, "Customer-initiated cancellation" for the way back.
"""

from __future__ import annotations

from html import escape

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from tests.stripe_stand_in import money
from tests.stripe_stand_in.checkout import CARDS, Closed, pay, prove
from tests.stripe_stand_in.errors import Refusal
from tests.stripe_stand_in.world import Intent, Session, World

STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 30rem; padding: 1.5rem; }
.amount { font-size: 2rem; font-weight: 700; margin-block: 0 1.5rem; }
fieldset { border: 1px solid; border-radius: 0.5rem; margin: 0 0 1rem; padding: 0.5rem 1rem; }
label { align-items: baseline; display: flex; gap: 0.75rem; padding-block: 0.5rem; }
button { background: #533afd; border: 0; border-radius: 0.5rem; color: #fff; font: inherit;
  margin-inline-end: 0.5rem; min-block-size: 3rem; padding-inline: 1.5rem; }
[role=alert] { border-inline-start: 4px solid #c0123c; padding-inline-start: 1rem; }
.note { opacity: 0.8; }
"""


def show(world: World, session_id: str, request: Request) -> Response:
    """The form, and what becomes of it."""
    session = world.session(session_id)
    if request.method != "POST":
        return _form(session) if session.status == "open" else _closed(session)
    try:
        intent = pay(world, session_id, request.form.get("number", ""))
    except Closed:
        return _closed(session)
    except Refusal as refusal:
        return _form(session, str(refusal))
    if intent.status == "requires_action":
        return redirect(f"/c/prove/{session_id}", 303)
    return _outcome(session, intent)


def ask(world: World, session_id: str, request: Request) -> Response:
    """The bank's question, and what becomes of it."""
    session = world.session(session_id)
    if request.method != "POST":
        return _question(session)
    try:
        intent = prove(world, session_id, proved=request.form.get("action") == "complete")
    except Closed:
        return _closed(session)
    return _outcome(session, intent)


def _outcome(session: Session, intent: Intent) -> Response:
    if intent.status == "requires_payment_method":
        return _form(session, "Your card was declined. Please try another one.")
    return redirect(session.params["success_url"], 303)


def _form(session: Session, problem: str = "") -> Response:
    said = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    cards = "".join(
        f'<label><input type="radio" name="number" value="{card.number}"'
        f"{' checked' if not number else ''}> "
        f"{card.brand.capitalize()} {card.number[-4:]} {card.means}</label>"
        for number, card in enumerate(CARDS.values())
    )
    email = session.params.get("customer_email", "")
    back = session.params.get("cancel_url", "")
    body = (
        f'<h1>{escape(session.name)}</h1><p class="amount">'
        f"{money.written(session.amount, session.currency)}</p>{said}<p>{escape(email)}</p>"
        f'<form method="post" action="/c/pay/{session.id}"><fieldset><legend>Card</legend>{cards}</fieldset>'
        "<button>Book</button></form>"
        f'<p><a href="{escape(back)}">Back</a></p>'
    )
    return _page(session, body)


def _question(session: Session) -> Response:
    body = (
        "<h1>Your bank asks: is this you?</h1>"
        f'<form method="post" action="/c/prove/{session.id}">'
        '<button name="action" value="complete">Yes</button>'
        '<button name="action" value="fail">No</button></form>'
    )
    return _page(session, body)


def _closed(session: Session) -> Response:
    """Stripe says the same whether it was paid or ended (stripe-node issue 2462)."""
    body = "<h1>You’re all done here</h1><p>This payment was made, or its time has run out.</p>"
    return _page(session, body)


def _page(session: Session, body: str) -> Response:
    locale = escape(session.params.get("locale", "auto"))
    note = f'<p class="note">A stand-in of Stripe for tests. Asked to speak: {locale}.</p>'
    return Response(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Pay</title>'
        f"<style>{STYLE}</style></head><body><main>{body}{note}</main></body></html>",
        mimetype="text/html",
        headers={"Referrer-Policy": "no-referrer"},
    )
