"""Lines with bars are the rows of a table, everything else is prose."""

import pytest

from assessment_center.filing.rules.blocks import Block, blocks

BARS = "\uff5c"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("一段\n\n又一段", [Block("一段"), Block("又一段")]),
        ("只有一行 | 带竖线", [Block("只有一行 | 带竖线")]),
        ("a | b\n1 | 2", [Block(head=("a", "b"), rows=(("1", "2"),))]),
        (f"a{BARS}b\n1\t2", [Block(head=("a", "b"), rows=(("1", "2"),))]),
        ("| a | b |\n| 1 | 2 |", [Block(head=("a", "b"), rows=(("1", "2"),))]),
        ("a | b | c\n1\n2 | 3", [Block("a | b | c"), Block("1"), Block("2 | 3")]),
        (
            "前\na | b\n1\n后",
            [Block("前"), Block("a | b"), Block("1"), Block("后")],
        ),
        ("a | b\n1 | 2 | 3\n4 |", [Block(head=("a", "b"), rows=(("1", "2 | 3"), ("4", "")))]),
        ("a | b | c\n1 | 2", [Block(head=("a", "b", "c"), rows=(("1", "2", ""),))]),
    ],
)
def test_what_stands_in_the_text(text: str, found: list[Block]) -> None:
    assert list(blocks(text)) == found
