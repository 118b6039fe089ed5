"""What is wrong with a cell, and text without what nobody can see."""

import unicodedata

from django.utils.translation import gettext as _

FORBIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})


class CellProblem(ValueError):  # noqa: N818 - a finding to report, not a failure
    """Why a cell is not accepted; the text is for the user."""


def clean_text(value: str) -> str:
    """Text without surrounding blanks (also full-width); refuses invisible characters."""
    text = value.strip()
    if text.isprintable():
        return text
    for character in text:
        if character != "\n" and unicodedata.category(character) in FORBIDDEN:
            problem = _("含有不可见或自造字符（U+%(code)04X），请删去后重新输入") % {
                "code": ord(character)
            }
            raise CellProblem(problem)
    return text
