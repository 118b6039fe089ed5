"""A rulebook to be read: its documents, their articles, and what each of them commands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment_center.registry import Citation
from assessment_center.registry.entries import ArticleNote
from assessment_center.rulebooks.explaining import anchor
from assessment_center.rulebooks.reading import KINDS, further, note
from assessment_center.rulebooks.rules.article_texts import article_texts
from assessment_center.rulebooks.rules.articles import Place
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.statements import Article, Chapter, Statement, chapters

OWN = frozenset({"rules", "conflicts"})


@dataclass(frozen=True, slots=True)
class ShownNote:
    """One thing an article commands; `clauses` are the parts of the article that do."""

    clauses: str
    note: ArticleNote
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article: what it says in our words, what it is about, and what it commands by kind.

    `says` are sentences with the clause they stand for (empty: the whole article).
    """

    label: str
    anchor: str
    says: tuple[tuple[str, str], ...]
    summary: str
    groups: tuple[tuple[str, tuple[ShownNote, ...]], ...]
    conflicts: tuple[ArticleNote, ...]

    @property
    def text(self) -> str:
        """All its words, to be searched."""
        notes = (one.note for _kind, each in self.groups for one in each)
        told = (f"{n.title} {n.value} {n.detail}" for n in (*notes, *self.conflicts))
        said = (text for _clause, text in self.says)
        return " ".join((self.label, self.summary, *said, *map(str, told)))


@dataclass(frozen=True, slots=True)
class ShownChapter:
    number: int
    short: str
    title: str
    articles: tuple[ShownArticle, ...]


def shown_chapters(rules: Rulebook, wanted: str = "") -> list[ShownChapter]:
    """Return the documents with their articles; of a search those alone that say it.

    All words of the search must stand in an article or in its document's title.
    """
    told = [_chapter(rules, each) for each in chapters(rules, further(rules))]
    words = wanted.casefold().split()
    if not words:
        return told
    found = (_searched(chapter, words) for chapter in told)
    return [chapter for chapter in found if chapter.articles]


def _searched(chapter: ShownChapter, words: list[str]) -> ShownChapter:
    def says(article: ShownArticle) -> bool:
        text = f"{chapter.title} {chapter.short} {article.text}".casefold()
        return all(word in text for word in words)

    articles = tuple(filter(says, chapter.articles))
    return ShownChapter(chapter.number, chapter.short, chapter.title, articles)


def _chapter(rules: Rulebook, chapter: Chapter) -> ShownChapter:
    articles = tuple(_article(rules, each) for each in chapter.articles)
    return ShownChapter(chapter.number, chapter.short, chapter.title, articles)


def _article(rules: Rulebook, article: Article) -> ShownArticle:
    merged: dict[tuple[str, str], tuple[list[str], Statement]] = {}
    for clause, each in article.statements:
        clauses, _same = merged.setdefault((each.kind, each.key), ([], each))
        clauses += [clause] if clause else []
    spoken = list(merged.values())
    summary = "；".join(str(note(rules, each).title) for _c, each in spoken if each.kind == "rules")
    conflicts = tuple(note(rules, each) for _c, each in spoken if each.kind == "conflicts")
    place = article.place
    return ShownArticle(
        head_label(place),
        anchor(rules, place),
        _says(rules, article),
        summary,
        tuple(_groups(rules, spoken)),
        conflicts,
    )


def _says(rules: Rulebook, article: Article) -> tuple[tuple[str, str], ...]:
    """The article's own sentence, then those of its clauses that say more."""
    said: dict[str, str] = {}
    for clause in dict.fromkeys(("", *(clause for clause, _each in article.statements))):
        named = f"《{article.place.document}》{article.head}{clause}"
        for each in article_texts(Citation(rules.identity.short, named)):
            if each.text:
                said.setdefault(each.text, clause)
    return tuple((clause, text) for text, clause in said.items())


def _groups(
    rules: Rulebook, spoken: Iterable[tuple[list[str], Statement]]
) -> Iterator[tuple[str, tuple[ShownNote, ...]]]:
    entries = list(spoken)
    for kind, label in KINDS.items():
        shown = tuple(
            ShownNote("、".join(dict.fromkeys(clauses)), note(rules, each))
            for clauses, each in entries
            if each.kind == kind and kind not in OWN
        )
        if shown:
            yield str(label), shown


def head_label(place: Place) -> str:
    """The number of an article as it is spoken of."""
    if not place.steps:
        return _("全文")
    kind = place.steps[0][0]
    if kind == "section":
        return _("第%(number)s部分") % {"number": place.head}
    return _("第 %(number)s 项") % {"number": place.head} if kind == "item" else place.head
