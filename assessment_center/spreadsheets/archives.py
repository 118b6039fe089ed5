"""Is this file a workbook that is safe to open? Asked before any XML parser sees it.

The sizes in a zip directory are only claims, so every member is also inflated once, in
chunks that are thrown away, and counted.
"""

import copy
import io
import zipfile
import zlib
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from assessment_center.spreadsheets.outcomes import SheetRefusedError

MAX_INFLATED = 50 * 1024 * 1024
MAX_MEMBERS = 500
CHUNK = 256 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = b"PK\x03\x04"
OLE_PROBE = 1024 * 1024
ENCRYPTED_BIT = 0x1
MACROS = "xl/vbaProject.bin"
REQUIRED = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
MARKUP = (b"<!DOCTYPE", b"<!ENTITY")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError)


def open_source(source: "bytes | str | Path | IO[bytes]") -> IO[bytes]:
    """A seekable stream at its beginning."""
    if isinstance(source, bytes):
        return io.BytesIO(source)
    if isinstance(source, str | Path):
        return Path(source).open("rb")
    source.seek(0)
    return source


def refuse_unsafe(stream: IO[bytes]) -> None:
    """Raise `SheetRefusedError` unless the stream is a sound .xlsx of bearable size."""
    _refuse_magic(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            _refuse_directory(archive)
            _refuse_content(archive)
    except BROKEN as error:
        raise damaged() from error
    stream.seek(0)


def damaged() -> SheetRefusedError:
    return SheetRefusedError(_("文件已损坏，无法读取；请在 Excel 或 WPS 中重新保存后再上传。"))


def too_large() -> SheetRefusedError:
    return SheetRefusedError(
        _("文件解压后超过 %(limit)d MB，已拒绝读取；请删去多余的工作表、图片和空白行后再上传。")
        % {"limit": MAX_INFLATED // 1024 // 1024}
    )


def _refuse_magic(stream: IO[bytes]) -> None:
    head = stream.read(OLE_PROBE)
    stream.seek(0)
    if not head:
        raise SheetRefusedError(_("文件是空的；请重新选择填写好的 .xlsx 文件。"))
    if head.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise SheetRefusedError(_("文件设有打开密码，无法读取；请取消密码后再上传。"))
        raise SheetRefusedError(_("这是旧版 .xls 文件；请另存为 .xlsx 后再上传。"))
    if not head.startswith(ZIP_MAGIC):
        raise SheetRefusedError(_("这不是 Excel 文件（.xlsx）；请使用下载的模板填写后上传。"))


def _refuse_directory(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if any(member.flag_bits & ENCRYPTED_BIT for member in members):
        raise SheetRefusedError(_("文件已加密，无法读取；请取消密码后再上传。"))
    if not names >= REQUIRED:
        raise SheetRefusedError(_("这不是 Excel 文件（.xlsx）；请使用下载的模板填写后上传。"))
    if MACROS in names:
        raise SheetRefusedError(_("文件含有宏，已拒绝读取；请另存为不含宏的 .xlsx 后再上传。"))
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_INFLATED:
        raise too_large()


def _refuse_content(archive: zipfile.ZipFile) -> None:
    total = 0
    for member in archive.infolist():
        probe = copy.copy(member)
        probe.file_size = MAX_INFLATED + 1
        tail = b""
        with archive.open(probe) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > MAX_INFLATED:
                    raise too_large()
                if any(mark in tail + chunk for mark in MARKUP):
                    raise SheetRefusedError(
                        _("文件含有不允许的 XML 声明；请在 Excel 中重新保存后再上传。")
                    )
                tail = chunk[-16:]
