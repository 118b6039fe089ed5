"""Where articles stand, and the rulebook in the order of its articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.rulebooks import CODES, load
from assessment_center.rulebooks.rules.articles import Place, places
from assessment_center.rulebooks.rules.statements import about, chapters, statements


@pytest.mark.parametrize(
    ("article", "found"),
    [
        ("第四条", [("第四条", "")]),
        ("第四条(一)、(三)", [("第四条", "(一)"), ("第四条", "(三)")]),
        ("第九条(一)、第十条", [("第九条", "(一)"), ("第十条", "")]),
        ("二(三)、二(四)", [("二", "(三)"), ("二", "(四)")]),
        ("四(七)2、3", [("四", "(七)2"), ("四", "(七)3")]),
        ("五4、5", [("五", "4"), ("五", "5")]),
        ("(一)15、16", [("(一)", "15"), ("(一)", "16")]),
        ("七、十一", [("七", ""), ("十一", "")]),
        ("6-8", [("6", ""), ("7", ""), ("8", "")]),
        ("第十条(一)-(三)", [("第十条", "(一)"), ("第十条", "(二)"), ("第十条", "(三)")]),
        ("8-6", [("8", "-6")]),
        ("附注", [("附注", "")]),
        ("填表说明1、2", [("填表说明1", ""), ("填表说明2", "")]),
        ("组织机构保障、人员管理及建设", [("组织机构保障、人员管理及建设", "")]),
        ("", [("", "")]),
    ],
)
def test_every_place_a_citation_names(article: str, found: list[tuple[str, str]]) -> None:
    assert [(place.head, place.clause) for place in places(f"《办法》{article}")] == found


def test_what_is_no_citation_names_no_place() -> None:
    assert places("本校认定实施细则第五条") == ()


@pytest.mark.parametrize(
    ("one", "other", "touch"),
    [
        ("第四条", "第四条(二)", True),
        ("第四条(二)", "第四条", True),
        ("第四条(一)", "第四条(二)", False),
        ("第四条", "第十四条", False),
        ("", "第四条", True),
    ],
)
def test_a_clause_lies_in_its_article(one: str, other: str, touch: bool) -> None:
    first, second = places(f"《办法》{one}")[0], places(f"《办法》{other}")[0]
    assert first.touches(second) is touch
    assert not first.touches(Place("细则", second.steps))


@given(st.lists(st.integers(1, 99), min_size=2, max_size=12, unique=True))
def test_articles_are_read_in_the_order_of_their_numbers(numbers: list[int]) -> None:
    def chinese(n: int) -> str:
        tens, ones = divmod(n, 10)
        signs = "〇一二三四五六七八九"
        head = "" if not tens else ("十" if tens == 1 else f"{signs[tens]}十")
        return head + (signs[ones] if ones else "")

    made = [places(f"《办法》第{chinese(n)}条")[0] for n in numbers]
    ordered = [place.head for place in sorted(made, key=lambda place: place.order)]
    assert ordered == [f"第{chinese(n)}条" for n in sorted(numbers)]


@pytest.mark.parametrize("code", CODES)
def test_every_statement_stands_under_its_article(code: str) -> None:
    rules = load(code)
    told = chapters(rules)
    assert [chapter.short for chapter in told] == list(rules.legend)
    placed = {
        (each.kind, each.key)
        for chapter in told
        for article in chapter.articles
        for _clause, each in article.statements
    }
    assert {(each.kind, each.key) for each in statements(rules)} == placed
    for chapter in told:
        orders = [article.place.order for article in chapter.articles]
        assert orders == sorted(orders)


def test_an_article_tells_what_it_commands() -> None:
    rules = load("chongqing")
    wanted = places("《职业技能鉴定及等级认定考务管理办法》第八条")
    found = {each.key for each in statements(rules) if about(each, wanted)}
    assert "report_lead_workdays" in found
    assert "pass_score" not in found
