import contextlib
import io
import struct
import tracemalloc
import zipfile

import pytest

from assessment_center.spreadsheets import SheetRefusedError, SheetSpec, archives, read
from tests.assessment_center.spreadsheets.conftest import Book

MB = 1024 * 1024
TOO_LARGE = "文件解压后超过 50 MB，已拒绝读取；请删去多余的工作表、图片和空白行后再上传。"
BROKEN = "文件已损坏，无法读取；请在 Excel 或 WPS 中重新保存后再上传。"
NO_WORKBOOK = "这不是 Excel 文件（.xlsx）；请使用下载的模板填写后上传。"


def refuse(data: bytes, spec: SheetSpec) -> str:
    with pytest.raises(SheetRefusedError) as caught:
        read(data, spec)
    return caught.value.message


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def lie_about_sizes(data: bytes, size: int) -> bytes:
    """Overwrite the uncompressed size of the last member in its directory entry."""
    entry = data.rindex(b"PK\x01\x02")
    return data[: entry + 24] + struct.pack("<I", size) + data[entry + 28 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "文件是空的；请重新选择填写好的 .xlsx 文件。"),
        ("姓名,身份证号".encode(), NO_WORKBOOK),
        (b"PK\x03\x04 and then nothing", BROKEN),
        (archives.OLE_MAGIC + b"\0" * 600, "这是旧版 .xls 文件；请另存为 .xlsx 后再上传。"),
        (
            archives.OLE_MAGIC + "EncryptedPackage".encode("utf-16-le"),
            "文件设有打开密码，无法读取；请取消密码后再上传。",
        ),
    ],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(
    spec: SheetSpec, data: bytes, message: str
) -> None:
    assert refuse(data, spec) == message


def test_a_zip_of_something_else(spec: SheetSpec) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "x")
    assert refuse(target.getvalue(), spec) == NO_WORKBOOK


def test_macros_are_refused(book: Book, spec: SheetSpec) -> None:
    data = with_member(book([["x", "A" * 8]]), archives.MACROS, b"x")
    assert refuse(data, spec) == "文件含有宏，已拒绝读取；请另存为不含宏的 .xlsx 后再上传。"


def test_an_encrypted_member_is_refused(book: Book, spec: SheetSpec) -> None:
    data = bytearray(book([["x", "A" * 8]]))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refuse(bytes(data), spec) == "文件已加密，无法读取；请取消密码后再上传。"


def test_an_entity_declaration_is_refused(book: Book, spec: SheetSpec) -> None:
    data = with_member(book([["x", "A" * 8]]), "xl/more.xml", b" " * 100 + b'<!ENTITY a "b">')
    assert refuse(data, spec) == "文件含有不允许的 XML 声明；请在 Excel 中重新保存后再上传。"


def test_a_bomb_is_refused_by_its_directory(book: Book, spec: SheetSpec) -> None:
    data = with_member(book([["x", "A" * 8]]), "xl/media/a.bin", b"\0" * (51 * MB))
    assert len(data) < MB
    assert refuse(data, spec) == TOO_LARGE


def test_a_bomb_whose_directory_lies_is_refused_by_counting(book: Book, spec: SheetSpec) -> None:
    bomb = with_member(book([["x", "A" * 8]]), "xl/media/a.bin", b"\0" * (60 * MB))
    data = lie_about_sizes(bomb, 1000)
    tracemalloc.start()
    assert refuse(data, spec) == TOO_LARGE
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5 * MB


def test_too_many_members_are_refused(
    book: Book, spec: SheetSpec, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    assert refuse(book([["x", "A" * 8]]), spec) == TOO_LARGE


def test_flipped_bytes_are_refused_not_raised(book: Book, spec: SheetSpec) -> None:
    data = book([["x", "A" * 8]] * 3)
    for position in range(40, len(data), 97):
        spoiled = bytearray(data)
        spoiled[position] ^= 0xFF
        with contextlib.suppress(SheetRefusedError):
            read(bytes(spoiled), spec)


@pytest.mark.parametrize(
    ("member", "content"),
    [
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", b"<nothing"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>"),
    ],
)
def test_broken_xml_inside_a_sound_zip(
    book: Book, spec: SheetSpec, member: str, content: bytes
) -> None:
    source = zipfile.ZipFile(io.BytesIO(book([["x", "A" * 8]])))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, content if name == member else source.read(name))
    assert refuse(target.getvalue(), spec).startswith("文件已损坏")


def test_a_far_row_costs_nothing_and_an_impossible_one_is_refused(
    book: Book, spec: SheetSpec
) -> None:
    for row, good in ((200_000, True), (10**12, False)):
        source = zipfile.ZipFile(io.BytesIO(book([["x", "A" * 8]])))
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as archive:
            for name in source.namelist():
                content = source.read(name)
                if name == "xl/worksheets/sheet1.xml":
                    content = content.replace(b'r="2"', b'r="%d"' % row)
                    content = content.replace(b'r="A2"', b'r="A%d"' % row)
                    content = content.replace(b'r="B2"', b'r="B%d"' % row)
                archive.writestr(name, content)
        if good:
            assert [r.number for r in read(target.getvalue(), spec).rows] == [row]
        else:
            assert refuse(target.getvalue(), spec).startswith("文件已损坏")
