"""What each cited article says, in our own words, for the user who opens "依据"."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.articles import Place, places
from assessment_center.rulebooks.rules.convert import convert
from assessment_center.rulebooks.rules.loader import CODES, load


@dataclass(frozen=True, slots=True)
class ArticleText:
    """One article as a citation names it, and what it says; empty: no text is written yet."""

    name: str
    text: str


@lru_cache(maxsize=1)
def written() -> Mapping[str, Mapping[str, str]]:
    """Return the texts by short name of the rulebook and by "short title article"."""
    path = files("assessment_center.rulebooks") / "data" / "articles.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return convert(Mapping[str, Mapping[str, str]], raw, "articles.toml")  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def article_texts(citation: Citation) -> tuple[ArticleText, ...]:
    """Return the articles a citation names, each with what it says.

    A text stands for an article and all its items; an item with a text of its own goes first.
    An office's own article, and one nobody has written a text for, comes with an empty text:
    the page then shows that there is none.
    """
    return tuple(
        ArticleText(f"《{place.document}》{_number(place)}", _said(citation.rulebook, place))
        for place in places(citation.text)
    ) or (ArticleText(citation.text, ""),)


def _number(place: Place, length: int | None = None) -> str:
    return "".join(text for _kind, text in place.steps[:length])


def _said(short: str, place: Place) -> str:
    document = _short_titles().get((short, place.document))
    texts = written().get(short, {})
    return next((texts[key] for key in _keys(document, place) if key in texts), "")


def _keys(document: str | None, place: Place) -> Iterator[str]:
    """The article, then those it stands in; the document itself only where it is cited whole."""
    if document is not None and not place.steps:
        yield document
    for length in range(len(place.steps), 0, -1):
        yield f"{document} {_number(place, length)}"


@lru_cache(maxsize=1)
def _short_titles() -> Mapping[tuple[str, str], str]:
    books = [load(code) for code in CODES]
    return MappingProxyType(
        {(b.identity.short, full): short for b in books for short, full in b.legend.items()}
    )
