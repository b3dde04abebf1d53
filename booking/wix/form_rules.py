"""Which fields of a form depend on others.

Wix's forms have rules that show and hide fields. What a rule looks like inside is not told in the
reference, only where rules are: so what can be known is which fields they name.
Source: Wix Forms, Form Schemas, "Form Object" (``formRules``, earlier ``rules``).
"""

from collections.abc import Mapping

LARGEST = 20_000
"""So many values of a form's rules are looked through."""


def fields_in_rules(rules: object, known_as: Mapping[str, tuple[object, ...]]) -> set[str]:
    """The ids of the fields that ``rules`` name; all of them if rules name none that we know.

    ``known_as`` has, for each id, what the field may be named by.
    """
    named = _texts_in(rules)
    if not named:
        return set()
    found = {
        field_id for field_id, names in known_as.items() if any(map(named.__contains__, names))
    }
    return found or set(known_as)


def _texts_in(value: object) -> list[object]:
    """All texts in a JSON value, names of members too."""
    texts: list[object] = []
    ahead, looked_at = [value], 0
    while ahead and looked_at < LARGEST:
        one = ahead.pop()
        looked_at += 1
        if isinstance(one, str):
            texts.append(one)
        elif isinstance(one, dict):
            ahead += [*one, *one.values()]
        elif isinstance(one, list):
            ahead += one
    return texts
