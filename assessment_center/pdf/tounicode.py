"""Text extraction for characters above U+FFFF.

ReportLab writes the code point itself into the ToUnicode map of a font. The format wants UTF-16,
so rare characters of names (𬭎, 𠅤) would be drawn but could not be searched or copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase import ttfonts

ENTRIES_PER_BLOCK = 100  # limit of the format


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """The ToUnicode map of one font subset, UTF-16BE, in blocks of at most 100 entries."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo",
        f"<< /Registry ({font_name})",
        f"/Ordering ({font_name})",
        "/Supplement 0",
        ">> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    entries = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be', 'replace').hex().upper()}>"
        for index, code in enumerate(subset)
    ]
    for start in range(0, len(entries), ENTRIES_PER_BLOCK):
        block = entries[start : start + ENTRIES_PER_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def install() -> None:
    """Put the map above in place of ReportLab's own."""
    vars(ttfonts)["makeToUnicodeCMap"] = to_unicode_map
