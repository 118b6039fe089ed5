"""Everything a rulebook states, one by one, and the same in the order of its articles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.articles import Place, places
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a rulebook says and the articles that say it.

    `kind` is `settings` or the section it stands in (`conditions`, `forms`, …); `key` tells it
    apart within; `subject` is the cited value or the section's entry itself.
    """

    kind: str
    key: str
    cite: tuple[Citation, ...]
    subject: object


@dataclass(frozen=True, slots=True)
class Article:
    """An article and what it states, each with the clause that does."""

    head: str
    place: Place
    statements: tuple[tuple[str, Statement], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document of the regulation, with its articles in their order."""

    number: int
    short: str
    title: str
    articles: tuple[Article, ...]


def statements(rules: Rulebook) -> Iterator[Statement]:
    """Yield what the rulebook states: its settings, then its sections in their order.

    A default is nothing the rulebook states; the office's own value is.
    """
    for each in fields(rules.settings):
        cited = getattr(rules.settings, each.name)
        if isinstance(cited, Cited) and cited.citations:
            yield Statement("settings", each.name, cited.citations, cited)
    for each in fields(rules):
        entries = getattr(rules, each.name)
        if not isinstance(entries, tuple):
            continue
        for number, entry in enumerate(entries, 1):
            if cite := getattr(entry, "cite", ()):
                key = next((str(v) for n in NAMES if (v := getattr(entry, n, ""))), str(number))
                yield Statement(each.name, key, cite, entry)


NAMES = ("id", "code", "kind")


def about(statement: Statement, wanted: Iterable[Place]) -> bool:
    """Tell whether a statement comes from one of these places, or from around or inside it."""
    sought = tuple(wanted)
    return any(
        place.touches(one)
        for citation in statement.cite
        for place in places(citation.text)
        for one in sought
    )


def chapters(rules: Rulebook, more: Iterable[Statement] = ()) -> tuple[Chapter, ...]:
    """Return the documents of the legend, each with its articles; `more` comes before.

    A document of which nothing is stated stands there empty. What cites no document of the
    legend (an office's own rules) is left out.
    """
    known = {title: (n, short) for n, (short, title) in enumerate(rules.legend.items(), 1)}
    found: dict[str, dict[str, list[tuple[Place, Statement]]]] = {title: {} for title in known}
    for statement in (*more, *statements(rules)):
        spots = (place for citation in statement.cite for place in places(citation.text))
        for place in dict.fromkeys(spots):
            if place.document in found:
                found[place.document].setdefault(place.head, []).append((place, statement))
    return tuple(
        Chapter(number, short, title, _articles(found[title]))
        for title, (number, short) in known.items()
    )


def _articles(heads: dict[str, list[tuple[Place, Statement]]]) -> tuple[Article, ...]:
    made = []
    for head, entries in heads.items():
        entries.sort(key=lambda entry: entry[0].order)
        first = entries[0][0]
        place = Place(first.document, first.steps if first.clause == "" else first.steps[:1])
        told = tuple((each.clause, statement) for each, statement in entries)
        made.append(Article(head, place, told))
    return tuple(sorted(made, key=lambda article: article.place.order))
