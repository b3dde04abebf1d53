"""What customers type, checked: clear words for what is wrong, and nothing of it lost."""

from booking.forms.details import DetailsForm
from booking.forms.lost_link import LostLinkForm

__all__ = ["DetailsForm", "LostLinkForm"]
