"""“依据” opened: what the cited article asks, in our own words, and where to read on."""

import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.registry import Citation
from assessment_center.registry.entries import ArticleNote, Explained
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.reading import further, note
from assessment_center.rulebooks.rules.article_texts import article_texts
from assessment_center.rulebooks.rules.articles import Place, places
from assessment_center.rulebooks.rules.loader import CODES, load
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.statements import Statement, about, statements
from assessment_center.rulebooks.selectors import rules_of

NOT_WORDS = re.compile(r"\W+")


def anchor(rules: Rulebook, place: Place) -> str:
    """Return the mark of an article on its rulebook's page; empty for a document not in it."""
    titles = list(rules.legend.values())
    if place.document not in titles:
        return ""
    number = titles.index(place.document) + 1
    return f"a{number}-{NOT_WORDS.sub('-', place.head)}".rstrip("-")


def explain(citation: Citation, rules: Rulebook | None) -> Explained | None:
    """Return what an article asks; the batch's own rulebook is read where it is given.

    Else the text that came with the program is read and named. An article that no packaged text
    knows (an older version's, or the office's own) is sought in the kept versions.
    """
    if rules is not None and citation.rulebook in {"", rules.identity.short}:
        return _explained(rules, citation, edition="")
    book = packaged_of(citation)
    if book is None:
        return None
    edition = _("%(name)s 第 %(number)s 版") % {
        "name": book.identity.name,
        "number": book.identity.version,
    }
    found = _explained(book, citation, edition=edition)
    return found or _kept(book, citation)


def packaged_of(citation: Citation) -> Rulebook | None:
    """Return the rulebook a citation belongs to: by its short name, else by its document."""
    documents = {place.document for place in places(citation.text)}
    for book in map(load, CODES):
        if citation.rulebook == book.identity.short:
            return book
        if not citation.rulebook and documents & set(book.legend.values()):
            return book
    return None


def _kept(book: Rulebook, citation: Citation) -> Explained | None:
    for version in RulebookVersion.objects.filter(code=book.code).order_by("-loaded_at"):
        if found := _explained(rules_of(version), citation, edition=str(version)):
            return found
    return None


def _explained(rules: Rulebook, citation: Citation, *, edition: str) -> Explained | None:
    found = list(stated(rules, citation))
    named = Citation(rules.identity.short, citation.text)
    says = tuple(dict.fromkeys(each.text for each in article_texts(named) if each.text))
    if not found and not says:
        return None
    settled = _settled(rules, found)
    told = [e for e in found if e.kind != "rules" or not (says or e.key in settled)]
    return Explained(tuple(_notes(rules, told)), says, _url(rules, citation), edition)


def stated(rules: Rulebook, citation: Citation) -> Iterator[Statement]:
    """Yield what the cited article states; what cites it in just these words comes first."""
    index = _index(rules)
    exact = index.texts.get(citation.text, [])
    wanted = places(citation.text)
    near = (
        each
        for document in dict.fromkeys(place.document for place in wanted)
        for each in index.documents.get(document, ())
        if each not in exact and about(each, wanted)
    )
    yield from exact
    yield from near


@dataclass(slots=True)
class _Index:
    """Statements by the words that cite them and by the document cited."""

    rules: Rulebook
    texts: dict[str, list[Statement]] = field(default_factory=dict)
    documents: dict[str, list[Statement]] = field(default_factory=dict)

    def add(self, statement: Statement) -> None:
        for citation in statement.cite:
            self.texts.setdefault(citation.text, []).append(statement)
        spots = (place for citation in statement.cite for place in places(citation.text))
        for document in dict.fromkeys(place.document for place in spots):
            self.documents.setdefault(document, []).append(statement)


_indexes: OrderedDict[int, _Index] = OrderedDict()
KEPT_INDEXES = 16


def _index(rules: Rulebook) -> _Index:
    """The rulebook's index, kept for the next question; it holds the rulebook itself alive."""
    found = _indexes.get(id(rules))
    if found is None:
        found = _Index(rules)
        for each in (*statements(rules), *further(rules)):
            found.add(each)
        _indexes[id(rules)] = found
        while len(_indexes) > KEPT_INDEXES:
            _indexes.popitem(last=False)
    return found


def _settled(rules: Rulebook, found: list[Statement]) -> set[str]:
    """The rows already told in full by a setting, a condition or a violation."""
    ids: set[str] = set()
    for each in found:
        if each.kind == "settings":
            ids.update(rules.rows.get(each.key, ()))
        elif each.kind != "rules":
            ids.update((each.key, getattr(each.subject, "row", "")))
    return ids


def _notes(rules: Rulebook, found: list[Statement]) -> Iterator[ArticleNote]:
    for each in found:
        if each.kind != "conflicts":
            yield note(rules, each)


def _url(rules: Rulebook, citation: Citation) -> str:
    page = reverse("rulebooks_office:detail", args=[rules.code])
    mark = next((anchor(rules, place) for place in places(citation.text)), "")
    return f"{page}#{mark}" if mark else page
