"""The way into the console."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm

from booking.forms.page_form import AskedField


class LoginForm(AuthenticationForm):
    """Name and password of a member of staff; whoever is none is told the same as for a slip."""

    bound_field_class = AskedField

    def confirm_login_allowed(self, user: Any) -> None:
        """Raises: ValidationError for an account that is closed, or is no member of staff."""
        super().confirm_login_allowed(user)
        if not user.is_staff:
            raise self.get_invalid_login_error()
