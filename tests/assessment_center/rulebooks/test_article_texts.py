"""Every article the rulebooks cite says what it asks, in our own words."""

import re
from pathlib import Path

import pytest

from assessment_center.conformance.matrix import forms, reports, rows
from assessment_center.registry import Citation
from assessment_center.rulebooks import CODES, Rulebook, load
from assessment_center.rulebooks.rules.article_texts import ArticleText, article_texts, written
from assessment_center.rulebooks.rules.articles import places
from assessment_center.rulebooks.rules.checking import KEYS

SOURCES = Path(__file__).resolve().parents[4] / "shared" / "sources"
LONGEST_QUOTE = 22
LONGEST_TEXT = 75


@pytest.fixture(params=CODES)
def rules(request: pytest.FixtureRequest) -> Rulebook:
    return load(request.param)


def cited(rules: Rulebook) -> set[Citation]:
    found = {c for key in rules.rows for c in getattr(rules.settings, key).citations}
    for table in KEYS:
        for entry in getattr(rules, table):
            found.update(getattr(entry, "cite", ()))
    return found


def of_matrix(rules: Rulebook) -> set[Citation]:
    return {c for each in (*rows(), *forms(), *reports()) for c in each.cited(rules)}


def test_every_article_a_rulebook_or_the_matrix_cites_has_a_text(rules: Rulebook) -> None:
    every = cited(rules) | of_matrix(rules)
    assert {a.name for c in every for a in article_texts(c) if not a.text} == set()


def test_every_text_is_of_an_article_that_is_cited(rules: Rulebook) -> None:
    """A slip in a key would leave a text nobody ever sees."""
    named = {title: short for short, title in rules.legend.items()}
    reached = set()
    for place in {p for c in cited(rules) | of_matrix(rules) for p in places(c.text)}:
        steps = [text for _kind, text in place.steps]
        short = named[place.document]
        reached.update(f"{short} {''.join(steps[:n])}".strip() for n in range(len(steps) + 1))
    assert set(written()[rules.identity.short]) - reached == set()


def test_texts_are_short_sentences(rules: Rulebook) -> None:
    texts = written()[rules.identity.short].values()
    assert [t for t in texts if not t.endswith("。") or len(t) > LONGEST_TEXT] == []


def test_texts_are_our_own_words(rules: Rulebook) -> None:
    if not SOURCES.is_dir():
        pytest.skip("the regulations are not beside this checkout")
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.iterdir()))
    source = re.sub(r"\s", "", source)
    texts = written()[rules.identity.short].values()
    runs = ((t, t[i : i + LONGEST_QUOTE]) for t in texts for i in range(len(t) - LONGEST_QUOTE + 1))
    assert sorted({text for text, run in runs if run in source}) == []


def test_an_item_goes_before_the_article_it_stands_in() -> None:
    item = Citation("CQ", "《职业技能等级认定档案管理制度》第七条(二)")
    whole = Citation("CQ", "《职业技能等级认定档案管理制度》第七条")
    assert [a.text for a in article_texts(item)] == ["认定全过程视频和其他电子资料保存5年以上。"]
    assert article_texts(item) != article_texts(whole)
    within = Citation("CQ", "《职业技能鉴定及等级认定违纪违规行为处理办法》五(一)3")
    assert article_texts(within) == (
        ArticleText(
            "《职业技能鉴定及等级认定违纪违规行为处理办法》五(一)3",
            "较轻的违纪先口头警告、责令改正，仍不改的终止本场考试，成绩无效。",
        ),
    )


def test_several_articles_are_told_apart() -> None:
    both = Citation("SD", "《山东职业学院职业技能鉴定所鉴定服务工作规程》五3、4")
    assert [a.name[-2:] for a in article_texts(both)] == ["五3", "五4"]
    assert len({a.text for a in article_texts(both)}) == 2


@pytest.mark.parametrize(
    "citation",
    [
        Citation("CQ", "本校细则第三条"),
        Citation("CQ", "《本校细则》第三条"),
        Citation("CQ", "《职业技能等级认定档案管理制度》第九十九条"),
        Citation("ZZ", "《职业技能等级认定档案管理制度》第七条"),
    ],
)
def test_an_article_without_a_text_says_so(citation: Citation) -> None:
    assert article_texts(citation) == (ArticleText(citation.text, ""),)
