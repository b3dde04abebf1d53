"""How forms stand on our pages: what the templates need to know of each field."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)

SHAPES: dict[type[Widget], str] = {
    CheckboxInput: "box",
    CheckboxSelectMultiple: "picks",
    RadioSelect: "picks",
    Select: "select",
    Textarea: "area",
}


class AskedField(BoundField):
    """A field as ``components/field.html`` shows it."""

    @property
    def shape(self) -> str:
        """How it is laid out: ``line``, ``area``, ``select``, ``box`` or ``picks`` in a fieldset."""
        widget: Widget = self.field.widget
        return SHAPES.get(type(widget), "line")

    @property
    def anchor(self) -> str:
        """The id of what can be filled in first, for the link from what is wrong."""
        return f"{self.auto_id}_0" if self.shape == "picks" else self.auto_id

    @property
    def has_content(self) -> bool:
        """True if there is something to see: an answer or a mistake."""
        return bool(self.errors or self.value())


class PageForm(forms.Form):
    """A form of our pages."""

    bound_field_class = AskedField
