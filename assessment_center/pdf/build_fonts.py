"""Build the subset typefaces kept in `fonts/` from the packages that publish them.

Run once, when a typeface or the character set changes:

    python -m assessment_center.pdf.build_fonts WORKING_DIRECTORY

It needs `npm`, `apt-get` and `dpkg-deb`; the software itself needs none of them, because the
subsets are kept in the repository. ReportLab embeds TrueType outlines only, so CFF outlines are
converted and compressed web fonts are unpacked.
"""

from __future__ import annotations

import gzip
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FONTS = Path(__file__).parent / "fonts"
NPM = {
    "kai": "@chinese-fonts/lxgwwenkai@3.0.0",
    "song": "@expo-google-fonts/noto-serif-sc@0.4.3",
    "latin": "@fontsource/tinos@5.3.0",
}
PYPI = {"hei": "zhplot==1.0.0", "table": "pypinyin-dict==0.9.0"}
DEBIAN = {"fangsong": "texlive-lang-chinese"}
MAX_CURVE_ERROR = 0.6  # font units, of 1000 to the em: invisible on paper
SYMBOL_BLOCKS = (
    (0x0020, 0x007E), (0x00A0, 0x024F), (0x0370, 0x03FF), (0x2010, 0x203B), (0x2070, 0x209C),
    (0x20A0, 0x20BF), (0x2100, 0x218B), (0x2190, 0x2199), (0x2200, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x257F), (0x25A0, 0x25FF), (0x2605, 0x2612), (0x2640, 0x2642), (0x2713, 0x2717),
    (0x3000, 0x303F), (0x3220, 0x3229), (0x3380, 0x33DF), (0xFE10, 0xFE4F), (0xFF01, 0xFFE6),
)  # fmt: skip
HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xFA0E, 0xFA29), (0x20000, 0x3FFFF))


@dataclass(frozen=True)
class Sources:
    """Where the unpacked packages lie."""

    root: Path

    def __getitem__(self, role: str) -> Path:
        return self.root / role


def run(*command: str, cwd: Path) -> None:
    """Run one fetch or unpack command; a failure stops the build."""
    program = shutil.which(command[0]) or command[0]
    subprocess.run([program, *command[1:]], cwd=cwd, check=True)  # noqa: S603 - fixed commands


def fetch(work: Path) -> Sources:
    """Fetch and unpack every source package below `work`."""
    for role, package in NPM.items():
        target = work / role
        target.mkdir(parents=True)
        run("npm", "pack", package, cwd=target)
        run("tar", "xzf", next(target.glob("*.tgz")).name, cwd=target)
    for role, package in PYPI.items():
        target = work / role
        target.mkdir(parents=True)
        run(sys.executable, "-m", "pip", "download", "--no-deps", package, cwd=target)
        shutil.unpack_archive(next(target.glob("*.whl")), target, "zip")
    for role, package in DEBIAN.items():
        target = work / role
        target.mkdir(parents=True)
        run("apt-get", "download", package, cwd=target)
        run("dpkg-deb", "-x", next(target.glob("*.deb")).name, ".", cwd=target)
    return Sources(work)


def gb2312() -> set[int]:
    """The code points of GB 2312: Chinese characters, and symbols in rows 1 to 9."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(map(ord, text))
    return found


def symbols() -> set[int]:
    """Latin letters, punctuation, marks and units that office papers use."""
    return {code for first, last in SYMBOL_BLOCKS for code in range(first, last + 1)}


def general_standard(table: Path) -> set[int]:
    """The 8,105 characters of the table of general standard characters."""
    (source,) = table.rglob("ktghz2013.py")
    return set(runpy.run_path(str(source))["pinyin_dict"])


def merged(slices: Iterable[Path], work: Path) -> TTFont:
    """One font out of the slices in which a web font is published."""
    parts = []
    for number, path in enumerate(sorted(slices)):
        font = TTFont(path)
        font.flavor = None
        for tag in ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "DSIG"):
            if tag in font:
                del font[tag]
        part = work / f"slice{number:03d}.ttf"
        font.save(part)
        parts.append(str(part))
    whole = Merger().merge(parts)
    # A format 4 table cannot hold this many characters; format 12 holds them all.
    whole["cmap"].tables = [table for table in whole["cmap"].tables if table.format == 12]  # noqa: PLR2004
    return whole


def with_truetype_outlines(font: TTFont) -> TTFont:
    """The same font with quadratic outlines in place of its CFF outlines."""
    order, glyph_set = font.getGlyphOrder(), font.getGlyphSet()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, MAX_CURVE_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    del font["CFF "]
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, outlines
    for outline in outlines.values():
        outline.recalcBounds(glyf)
    font["hmtx"].metrics = {
        name: (width, getattr(outlines[name], "xMin", 0))
        for name, (width, _) in font["hmtx"].metrics.items()
    }
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(order)
    for limit in (
        "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints",
        "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, limit, 1 if limit == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"
    return font


def drawn(font: TTFont) -> set[int]:
    """Code points with an outline; a mapping to an empty one is no glyph (spaces excepted)."""
    glyf = font["glyf"]
    return {
        code
        for code, name in font.getBestCmap().items()
        if glyf[name].numberOfContours != 0 or chr(code).isspace()
    }


def write_subset(font: TTFont, codes: set[int], name: str) -> None:
    """Write the part of `font` that draws `codes`, without layout tables and hints."""
    options = Options(
        hinting=False,
        layout_features=[],
        drop_tables=[
            "GSUB",
            "GPOS",
            "GDEF",
            "BASE",
            "vhea",
            "vmtx",
            "VORG",
            "DSIG",
            "STAT",
            "meta",
        ],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        name_languages=[0x409],
        notdef_outline=True,
        glyph_names=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes & drawn(font))
    subsetter.subset(font)
    font.recalcTimestamp = False
    font["head"].modified = font["head"].created  # equal sources give equal files
    target = FONTS / f"{name}.ttf"
    font.save(target)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes")  # noqa: T201


def copy_licences(sources: Sources) -> None:
    """Put each typeface's licence beside it."""
    folder = FONTS / "licences"
    folder.mkdir(exist_ok=True)
    shutil.copy(sources["song"] / "package/LICENSE_FONT", folder / "song.txt")
    shutil.copy(sources["latin"] / "package/LICENSE", folder / "latin.txt")
    shutil.copy(next(sources["hei"].rglob("OFL.txt")), folder / "hei.txt")
    ofl = (folder / "hei.txt").read_text(encoding="utf-8")
    owner = TTFont(FONTS / "kai.ttf")["name"].getDebugName(0)
    terms = ofl[ofl.index("This Font Software is licensed") :]
    (folder / "kai.txt").write_text(f"{owner}\n\n{terms}", encoding="utf-8")
    (readme,) = (sources["fangsong"] / "usr/share/doc/texlive-doc/fonts/fandol").glob("README")
    (copying,) = readme.parent.glob("COPYING.gz")
    text = readme.read_text(encoding="utf-8") + "\n\n"
    (folder / "fangsong.txt").write_text(
        text + gzip.decompress(copying.read_bytes()).decode("utf-8"), encoding="utf-8"
    )


def build(work: Path) -> None:
    """Fetch the sources into `work` and write all subsets and licences."""
    sources = Sources(work) if work.exists() else fetch(work)
    FONTS.mkdir(exist_ok=True)
    basic = gb2312() | symbols()
    standard = basic | general_standard(sources["table"])
    slices = (sources["kai"] / "package/dist/LXGWWenKai-Regular").glob("*.woff2")
    whole_kai = work / "kai.ttf"
    merged(slices, work).save(whole_kai)
    rare = {code for first, last in HAN_BLOCKS for code in range(first, last + 1)}
    write_subset(TTFont(whole_kai), standard, "kai")
    write_subset(TTFont(whole_kai), rare - standard, "kai-rest")
    serif = sources["song"] / "package"
    write_subset(TTFont(serif / "400Regular/NotoSerifSC_400Regular.ttf"), standard, "song")
    write_subset(TTFont(serif / "700Bold/NotoSerifSC_700Bold.ttf"), basic, "song-bold")
    write_subset(TTFont(next(sources["hei"].rglob("*Regular.ttf"))), standard, "hei")
    fang = next(sources["fangsong"].rglob("FandolFang-Regular.otf"))
    write_subset(with_truetype_outlines(TTFont(fang)), standard, "fangsong")
    latin = TTFont(sources["latin"] / "package/files/tinos-latin-400-normal.woff")
    latin.flavor = None
    write_subset(latin, symbols(), "latin")
    copy_licences(sources)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
