from assessment_center.pdf.tounicode import to_unicode_map


def test_characters_above_the_first_plane_are_written_in_utf16() -> None:
    lines = to_unicode_map("F", [0x4E2D, 0x2CB4E]).split("\n")
    assert "<00> <4E2D>" in lines
    assert "<01> <D872DF4E>" in lines


def test_blocks_hold_at_most_a_hundred_entries() -> None:
    lines = to_unicode_map("F", list(range(0x4E00, 0x4E00 + 250))).split("\n")
    assert [line for line in lines if line.endswith("beginbfchar")] == [
        "100 beginbfchar", "100 beginbfchar", "50 beginbfchar",
    ]  # fmt: skip
    assert lines.count("endbfchar") == 3
