"""What each step of settling does, in a few words."""

from django.utils.translation import gettext

from booking.models import Step


def step_name(step: Step) -> str:
    """What is tried; of a step that has no words yet, its name."""
    return _at_wix().get(step) or _of_money().get(step) or _mails().get(step) or str(step.label)


def _at_wix() -> dict[Step, str]:
    return {
        Step.CREATE: gettext("Enter the booking at Wix"),
        Step.MARK: gettext("Have Wix keep the time while it is paid"),
        Step.CONFIRM: gettext("Have Wix confirm the booking"),
        Step.WATCH: gettext("Ask Wix whether the business has answered"),
        Step.TIDY: gettext("Take back at Wix what must not stay there"),
        Step.MOVE: gettext("Move the booking at Wix"),
        Step.OFFER: gettext("Keep other times for the customer"),
        Step.CANCEL: gettext("Cancel the booking at Wix"),
        Step.REVIEW: gettext("Ask Wix what stands there"),
    }


def _of_money() -> dict[Step, str]:
    return {
        Step.START: gettext("Have a page made to pay on"),
        Step.LOOK: gettext("Ask whether it was paid"),
        Step.HAND_OFF: gettext("Have Wix make its page to pay on"),
        Step.AWAIT: gettext("Ask Wix whether it was paid"),
        Step.TAKE_BACK: gettext("See to it that nobody can pay at Wix any more"),
        Step.REFUND_AT_WIX: gettext("Have Wix give the money back"),
        Step.CAPTURE: gettext("Take the money"),
        Step.RELEASE: gettext("Release the money kept on the card"),
        Step.REFUND: gettext("Give the money back"),
        Step.RECORD: gettext("Write the payment down at Wix"),
        Step.RECORD_REFUND: gettext("Write down at Wix that the money went back"),
    }


def _mails() -> dict[Step, str]:
    subjects = {
        Step.MAIL_PLACED: gettext("We are booking your time"),
        Step.MAIL_AWAITING: gettext("Waiting for the business"),
        Step.MAIL_CONFIRMED: gettext("Booked"),
        Step.MAIL_DECLINED: gettext("Not booked"),
        Step.MAIL_CANCELLED: gettext("Cancelled"),
        Step.MAIL_EXPIRED: gettext("Not paid in time"),
        Step.MAIL_MOVED: gettext("Moved"),
        Step.MAIL_NOT_MOVED: gettext("Not moved"),
        Step.MAIL_LINKS: gettext("Lost your booking’s link?"),
    }
    to_customer = gettext("Mail to the customer: %(subject)s")
    return {
        Step.MAIL_NOTE: gettext("Mail to the business: what Wix has no field for"),
        Step.MAIL_OWNER: gettext("Mail to the business: a person is needed"),
        **{step: to_customer % {"subject": subject} for step, subject in subjects.items()},
    }
