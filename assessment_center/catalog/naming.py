"""Occupations as files name them: by code or by name, with the nearest one where it is unknown."""

import difflib
from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessment_center.catalog.models import Occupation


class NamedOccupations:
    """The occupations of the present classification; read once for a whole file."""

    def __init__(self) -> None:
        rows = list(Occupation.objects.filter(is_active=True).order_by("code", "edition"))
        self.by_code = {each.code: each for each in rows}
        self.by_name = {each.name: each for each in rows}

    def find(self, text: str) -> Occupation:
        """The occupation of this code or name; `ValueError` with the nearest one otherwise."""
        found = self.by_code.get(text) or self.by_name.get(text)
        if found is not None:
            return found
        near = _nearest(text, self.by_code) or _nearest(text, self.by_name)
        other = self.by_code.get(near) or self.by_name.get(near)
        hint = (
            _("；是否为“%(name)s”（%(code)s）？") % {"name": other.name, "code": other.code}
            if other
            else _("，请核对编码或名称")
        )
        raise ValueError(_("“%(text)s”不在职业分类大典中") % {"text": text[:20]} + hint)


def _nearest(text: str, known: Iterable[str]) -> str:
    """The most alike; of several that which has the same characters in another order."""
    near = difflib.get_close_matches(text, list(known), n=12, cutoff=0.6)
    swapped = [each for each in near if sorted(each) == sorted(text)]
    return next(iter([*swapped, *near]), "")
