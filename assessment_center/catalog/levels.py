"""Levels as people write them in a cell: 五级、四级 or 5,4 or 初级工."""

import re

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import LEVEL_LABELS

DIGITS = {"五": 5, "四": 4, "三": 3, "二": 2, "一": 1}
PLAIN = re.compile(r"([1-5一二三四五])级?")
BREAKS = re.compile(r"[、,，;；\s]+")


def read_levels(text: str) -> tuple[int, ...]:
    """The levels named, highest number first; `ValueError` with a sentence for an unknown one."""
    names = {part: int(level) for level, label in LEVEL_LABELS.items() for part in _names(label)}
    found = set()
    for word in filter(None, BREAKS.split(text.strip())):
        plain = PLAIN.fullmatch(word)
        if plain:
            found.add(DIGITS.get(plain[1]) or int(plain[1]))
        elif word in names:
            found.add(names[word])
        else:
            known = "、".join(str(label) for label in LEVEL_LABELS.values())
            raise ValueError(
                _("没有“%(word)s”这个等级；可填：%(known)s") % {"word": word[:20], "known": known}
            )
    return tuple(sorted(found, reverse=True))


def _names(label: object) -> tuple[str, ...]:
    """五级/初级工 is also written 初级工."""
    whole = str(label)
    return (whole, whole.partition("/")[2])
