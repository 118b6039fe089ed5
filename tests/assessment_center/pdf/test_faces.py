from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assessment_center.pdf import faces
from assessment_center.pdf.build_fonts import gb2312, with_truetype_outlines
from assessment_center.pdf.faces import FALLBACKS, FOLDER, Face, face_for, is_latin, load
from tests.assessment_center.pdf.test_build_fonts import cff_font

FILES = [*Face, faces.LATIN, faces.KAI_REST]


@pytest.mark.parametrize("face", [Face.SONG, Face.HEI, Face.KAI, Face.FANGSONG, Face.TITLE])
def test_every_face_draws_gb2312(face: Face) -> None:
    chinese = {code for code in gb2312() if 0x4E00 <= code < 0xA000}
    assert len(chinese) == 6763
    assert chinese - load(face).codes == set()


@pytest.mark.parametrize("name", FILES)
def test_fallbacks_of_every_role_reach_every_character(name: str) -> None:
    reachable = [
        frozenset().union(*(load(step).codes for step in chain)) for chain in FALLBACKS.values()
    ]
    for found in reachable:
        assert load(name).codes - found == frozenset()


def test_a_mapping_to_an_empty_outline_is_no_glyph(tmp_path: Path) -> None:
    path = tmp_path / "empty.ttf"
    with_truetype_outlines(cff_font()).save(path)
    assert faces.LoadedFace("empty", path).codes == {0x4E00, 0x3000}


def test_a_face_is_loaded_once_even_by_racing_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "LOADED", {})
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(load, [faces.LATIN] * 32))
    assert len(found) == 1


def test_licences_stand_beside_the_fonts() -> None:
    assert sorted(path.stem for path in (FOLDER / "licences").iterdir()) == [
        "fangsong", "hei", "kai", "latin", "song",
    ]  # fmt: skip


@pytest.mark.parametrize("character", ["A", "0", "~", " ", "é", "ü"])
def test_latin(character: str) -> None:
    assert is_latin(character)


@pytest.mark.parametrize("character", ["·", "“", "—", "×", "中", "，"])
def test_not_latin(character: str) -> None:
    assert not is_latin(character)


def test_system_faces_are_found_and_broken_ones_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "HanaMinA.ttf").write_bytes((FOLDER / "latin.ttf").read_bytes())
    (tmp_path / "HanaMinB.ttf").write_bytes(b"no font")
    monkeypatch.setattr(faces, "SYSTEM_FOLDERS", (tmp_path, Path("/nowhere")))
    faces.system_fallbacks.cache_clear()
    try:
        assert [face.name for face in faces.system_fallbacks()] == ["ac-hanamina"]
    finally:
        faces.system_fallbacks.cache_clear()


def test_nothing_draws_an_unassigned_character() -> None:
    assert face_for("\U0003fffd", Face.SONG) is None
