"""The form for those who lost the address of their booking."""

from django.utils.translation import gettext_lazy as _

from booking.forms.page_form import PageForm
from booking.forms.texts import MailField


class LostLinkForm(PageForm):
    """Whose links to mail."""

    email = MailField(
        label=_("E-mail"),
        autocomplete="email",
        error_messages={"required": _("Enter the e-mail address you booked with.")},
    )
