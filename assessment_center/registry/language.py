"""What is printed is Chinese, whatever language the office reads its pages in."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

P = ParamSpec("P")
T = TypeVar("T")
PAPER = "zh-hans"


def in_chinese(function: Callable[P, T]) -> Callable[P, T]:
    """Run a function that fills in a form with the language of the forms."""

    @wraps(function)
    def filled(*args: P.args, **kwargs: P.kwargs) -> T:
        with translation.override(PAPER):
            return function(*args, **kwargs)

    return filled


def in_english() -> bool:
    """Whether the page speaks English; otherwise it speaks Chinese."""
    return (translation.get_language() or "").startswith("en")
