"""What is said about a service's own questions: hints beside them, and what is wrong with an answer.

The question is named in each sentence, set apart so that it keeps its own direction of writing.
"""

from django.utils.translation import gettext, ngettext

from booking.domain.booking_form import FieldKind, FormField

LONGEST_NAME = 80


def name(question: FormField) -> str:
    """The question as it is named in a sentence."""
    label = " ".join(question.label.split())
    short = label if len(label) <= LONGEST_NAME else f"{label[: LONGEST_NAME - 1].rstrip()}…"
    return f"\u2068{short}\u2069"


def missing(question: FormField) -> str:
    said = {
        FieldKind.CHECKBOX: gettext("Tick “%(question)s” to go on."),
        FieldKind.ONE_OF: gettext("Choose an answer to “%(question)s”."),
        FieldKind.RATING: gettext("Choose an answer to “%(question)s”."),
        FieldKind.SOME_OF: gettext("Choose at least one answer to “%(question)s”."),
    }
    asked = said.get(question.kind, gettext("Answer “%(question)s”."))
    return asked % {"question": name(question)}


def too_long(question: FormField, most: int) -> str:
    return ngettext(
        "Use at most %(most)d character for “%(question)s”.",
        "Use at most %(most)d characters for “%(question)s”.",
        most,
    ) % {"most": most, "question": name(question)}


def too_short(question: FormField, least: int) -> str:
    return ngettext(
        "Use at least %(least)d character for “%(question)s”.",
        "Use at least %(least)d characters for “%(question)s”.",
        least,
    ) % {"least": least, "question": name(question)}


def wrong(question: FormField) -> str:
    """An answer that is of another kind than the question asks for."""
    said = {
        FieldKind.EMAIL: gettext(
            "Enter an e-mail address like name@example.com for “%(question)s”."
        ),
        FieldKind.PHONE: gettext("Enter a phone number like +351 912 345 678 for “%(question)s”."),
        FieldKind.URL: gettext("Enter a web address like example.com for “%(question)s”."),
        FieldKind.NUMBER: gettext("Enter a number like 1500 or 3.5 for “%(question)s”."),
        FieldKind.DATE: gettext("Enter a date like 2030-06-24 for “%(question)s”."),
        FieldKind.TIME: gettext("Enter a time like 14:30 for “%(question)s”."),
        FieldKind.DATE_TIME: gettext(
            "Enter a date and time like 2030-06-24T14:30 for “%(question)s”."
        ),
        FieldKind.ONE_OF: gettext("Choose one of the answers to “%(question)s”."),
        FieldKind.RATING: gettext("Choose one of the answers to “%(question)s”."),
        FieldKind.SOME_OF: gettext("Choose among the answers to “%(question)s”."),
    }
    asked = said.get(
        question.kind,
        gettext("The answer to “%(question)s” is not in the form the business needs."),
    )
    return asked % {"question": name(question)}


def out_of_bounds(question: FormField, least: float | None, most: float | None) -> str:
    told = {"question": name(question), "bounds": between(least, most)}
    return gettext("“%(question)s”: %(bounds)s.") % told


def between(least: float | None, most: float | None) -> str:
    """As in "from 1 to 5", or one of the two alone; "" without bounds."""
    told = {"least": _plain(least), "most": _plain(most)}
    if least is not None and most is not None:
        return gettext("from %(least)s to %(most)s") % told
    if least is not None:
        return gettext("at least %(least)s") % told
    return gettext("at most %(most)s") % told if most is not None else ""


def so_many(least: int, most: int | None) -> str:
    """How many answers may be chosen; "" if any number may."""
    if most is not None and least > 1:
        return gettext("Choose %(least)d to %(most)d.") % {"least": least, "most": most}
    if most is not None:
        return gettext("Choose up to %(most)d.") % {"most": most}
    return gettext("Choose at least %(least)d.") % {"least": least} if least > 1 else ""


def not_here(question: FormField) -> str:
    """What cannot be done on this page, and what to do instead; "" where all can be done."""
    said = {
        FieldKind.FILE: gettext(
            "A file cannot be sent from here. Say where it can be found, or bring it along."
        ),
        FieldKind.SIGNATURE: gettext(
            "Nothing can be signed here. Type your full name, and the business is told."
        ),
        FieldKind.PAYMENT: gettext(
            "This cannot be paid here. Say what you wish, and the business gets back to you."
        ),
        FieldKind.OBJECT: gettext("Answer in your own words; the business is told."),
    }
    return said.get(question.kind, "")


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
