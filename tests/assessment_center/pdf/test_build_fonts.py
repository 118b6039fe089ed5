from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from assessment_center.pdf import build_fonts


def cff_font() -> TTFont:
    pen = T2CharStringPen(1000, None)
    pen.moveTo((100, 0))
    pen.curveTo((100, 400), (500, 400), (500, 0))
    pen.closePath()
    empty = T2CharStringPen(1000, None).getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "a", "b"])
    builder.setupCharacterMap({0x4E00: "a", 0x4E01: "b", 0x3000: "b"})
    strings = {".notdef": empty, "a": pen.getCharString(), "b": empty}
    builder.setupCFF("Test", {"FullName": "Test"}, strings, {})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "a": (1000, 0), "b": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Test", "styleName": "Regular", "psName": "Test"})
    builder.setupOS2()
    builder.setupPost()
    return builder.font


def test_outlines_are_converted_and_empty_mappings_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(build_fonts, "FONTS", tmp_path)
    font = build_fonts.with_truetype_outlines(cff_font())
    assert "CFF " not in font
    assert font["hmtx"].metrics["a"] == (1000, 100)
    assert build_fonts.drawn(font) == {0x4E00, 0x3000}
    build_fonts.write_subset(font, {0x4E00, 0x4E01}, "test")
    assert "test.ttf: 1 characters" in capsys.readouterr().out


def test_the_character_sets() -> None:
    assert len({code for code in build_fonts.gb2312() if 0x4E00 <= code < 0xA000}) == 6763
    assert {ord(character) for character in "A中·℃"} - build_fonts.symbols() == {ord("中")}


def test_the_general_standard_is_read_from_its_table(tmp_path: Path) -> None:
    (tmp_path / "ktghz2013.py").write_text("pinyin_dict = {0x4E2D: 'zhong'}", encoding="utf-8")
    assert build_fonts.general_standard(tmp_path) == {0x4E2D}


def test_every_source_is_fetched_and_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = []

    def run(*command: str, cwd: Path) -> None:
        commands.append(command[:2])
        made = {"npm": "a.tgz", "apt-get": "a.deb"}.get(command[0])
        if "pip" in command:
            made = "a.whl"
        if made:
            (cwd / made).touch()

    monkeypatch.setattr(build_fonts, "run", run)
    monkeypatch.setattr(build_fonts.shutil, "unpack_archive", lambda *_: None)
    sources = build_fonts.fetch(tmp_path)
    assert sources["kai"] == tmp_path / "kai"
    assert [command[0] for command in commands].count("npm") == len(build_fonts.NPM)
    assert ("dpkg-deb", "-x") in commands


def test_a_failed_command_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(build_fonts.subprocess.CalledProcessError):
        build_fonts.run("false", cwd=tmp_path)
