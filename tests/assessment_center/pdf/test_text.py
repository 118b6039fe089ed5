from typing import Any

import pytest

from assessment_center.pdf import Face, GlyphMissing, check_glyphs, missing_glyphs, normalise
from assessment_center.pdf.text import runs, texts, width
from tests.assessment_center.pdf import samples

UNDRAWABLE = "\U0003fffd"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("é", "é"),
        ("\uf90a", "金"),
        ("⾦", "金"),
        ("\U0002f800", "丽"),
        ("张\u00a0三\u3000四", "张 三\u3000四"),
        ("张\u200b三\ufeff\x07", "张三"),
        ("甲\r\n乙\r丙\t丁", "甲\n乙\n丙 丁"),
        ("买买提•吐尔逊・艾", "买买提·吐尔逊·艾"),
        ("邊\U000e0100", "邊"),
        ("﨎", "﨎"),
    ],
)
def test_text_is_normalised(typed: str, printed: str) -> None:
    assert normalise(typed) == printed
    assert normalise(printed) == printed


@pytest.mark.parametrize(
    ("face", "expected"),
    [
        (Face.KAI, [("ac-kai", "䶮㛃𬭎𬍛𫖯"), ("ac-kai-rest", "𬎆"), ("ac-kai", "𠅤")]),
        (Face.SONG, [("ac-song", "䶮㛃𬭎𬍛𫖯"), ("ac-kai-rest", "𬎆"), ("ac-song", "𠅤")]),
        (Face.FANGSONG, [("ac-song", "䶮㛃𬭎𬍛𫖯"), ("ac-kai-rest", "𬎆"), ("ac-song", "𠅤")]),
    ],
)
def test_each_rare_character_falls_back_on_its_own(face: Face, expected: Any) -> None:
    assert [(run.face.name, run.text) for run in runs(samples.RARE, face)] == expected


@pytest.mark.parametrize(
    ("face", "expected"),
    [
        (Face.SONG, ["ac-song", "ac-latin", "ac-song"]),
        (Face.FANGSONG, ["ac-fangsong", "ac-latin", "ac-fangsong"]),
        (Face.KAI, ["ac-kai", "ac-latin", "ac-kai"]),
        (Face.HEI, ["ac-hei"]),
        (Face.TITLE, ["ac-song-bold"]),
    ],
)
def test_digits_are_set_in_the_latin_face_except_in_headings(face: Face, expected: Any) -> None:
    assert [run.face.name for run in runs("第 2026 批·“甲”", face)] == expected


def test_a_character_nobody_draws_is_refused_before_printing() -> None:
    assert missing_glyphs(f"张{UNDRAWABLE}三{UNDRAWABLE}") == [UNDRAWABLE]
    with pytest.raises(GlyphMissing) as refusal:
        check_glyphs([("李明", "李明"), ("张三", f"张{UNDRAWABLE}")])
    assert (refusal.value.who, refusal.value.character) == ("张三", UNDRAWABLE)
    assert refusal.value.codepoint == "U+3FFFD"
    assert "“张三”中的" in str(refusal.value)


def test_drawing_an_unchecked_text_is_refused_too() -> None:
    with pytest.raises(GlyphMissing, match=r"^“"):
        runs(f"张{UNDRAWABLE}", Face.SONG)


def test_drawable_texts_pass() -> None:
    check_glyphs([("甲", samples.RARE), ("乙", samples.LONG), ("乙", samples.LONG), ("", "")])
    assert missing_glyphs("\u3007℃㎡×±·—…“”《》①Ⅲ√□☑") == []


def test_texts_of_a_layout_name_their_person() -> None:
    found = {text: who for who, text in texts(samples.seating_chart())}
    assert found[samples.RARE] == samples.RARE
    assert found["南岸校区"] == ""


def test_width_is_the_sum_of_the_runs() -> None:
    assert width("中文", Face.SONG, 10) == pytest.approx(20)
    assert width("00", Face.SONG, 10) == pytest.approx(10, abs=0.1)
