"""What makes an item one that can be answered and marked; shared by forms, services and imports."""

import hashlib
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.registry import RefusedError
from questionbank.enums import ItemKind

LETTERS = "ABCDEFGH"
LEAST_OPTIONS = 2
LEAST_PICKS = 2


def fingerprint(stem: str) -> str:
    """Equal for stems that differ only in width, spaces and punctuation."""
    text = unicodedata.normalize("NFKC", stem).casefold()
    core = "".join(c for c in text if c.isalnum())
    return hashlib.sha256((core or text).encode()).hexdigest()


def check_item(
    *, kind: str, stem: str, options: Sequence[str], answer: Any, difficulty: Decimal
) -> None:
    """Refuse an item that cannot be answered or marked."""
    if kind not in set(ItemKind):
        raise RefusedError(_("没有“%(kind)s”这种题型。") % {"kind": kind})
    if not stem.strip():
        raise RefusedError(_("请填写题干。"))
    if not 0 <= difficulty <= 1:
        raise RefusedError(_("难度应在 0 与 1 之间。"))
    if kind == ItemKind.PRACTICAL:
        if not isinstance(answer, str) or not answer.strip():
            raise RefusedError(_("操作题须写明评分要点。"))
    elif kind == ItemKind.TRUE_FALSE:
        if not isinstance(answer, bool):
            raise RefusedError(_("判断题的答案应为“正确”或“错误”。"))
    else:
        _check_choice(kind, options, answer)


def _check_choice(kind: str, options: Sequence[str], answer: Any) -> None:
    texts = [text.strip() for text in options]
    if len(texts) < LEAST_OPTIONS or "" in texts or len(set(texts)) != len(texts):
        raise RefusedError(_("选择题至少要有两个不同的选项。"))
    if len(texts) > len(LETTERS):
        raise RefusedError(_("选择题最多 %(n)s 个选项。") % {"n": len(LETTERS)})
    picks = answer if isinstance(answer, list) else []
    if not picks or any(type(p) is not int or not 0 <= p < len(texts) for p in picks):
        raise RefusedError(_("答案必须是所列选项之一。"))
    if kind == ItemKind.SINGLE and len(picks) != 1:
        raise RefusedError(_("单项选择题只能有一个答案。"))
    if kind == ItemKind.MULTIPLE and len(set(picks)) < LEAST_PICKS:
        raise RefusedError(_("多项选择题至少要有两个答案。"))


def read_answer(kind: str, text: str) -> Any:
    """“A”, “ABD”, “正确”/“√” or the marking of a task, as it is kept; None when unreadable."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if kind == ItemKind.PRACTICAL:
        return text.strip()
    if kind == ItemKind.TRUE_FALSE:
        words = {"正确": True, "对": True, "√": True, "错误": False, "错": False, "×": False}
        return words.get(plain)
    letters = [c for c in plain.upper() if c not in " ,、，;；"]
    if not letters or any(c not in LETTERS for c in letters):
        return None
    return sorted({LETTERS.index(c) for c in letters})
