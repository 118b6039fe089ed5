"""A zip of portraits, every file named by an ID number; the names and sizes in it are only claims.

Nothing is unpacked to a path of the zip's choosing: a picture is found by the number in its name,
read into memory up to a limit, and re-made as every portrait is.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment_center.people.rules import id_document
from assessment_center.registry import RefusedError
from assessment_center.rulebooks import Rulebook
from assessment_center.spreadsheets import RowProblem
from candidates.portraits import fit_portrait
from candidates.validators import MAX_BYTES, CleanFile

HEADER = "照片"
MOST_FILES = 12_000
SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp"})
IGNORED = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
UTF8_NAMES = 0x800
ENCRYPTED = 0x1
DIGITS = re.compile(r"[0-9]{5,}")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError)


class PhotoBook:
    """What lies in the zip, by ID number; `problems` tells every file that cannot be used."""

    def __init__(self, source: IO[bytes]) -> None:
        self.problems: list[RowProblem] = []
        self.members: dict[str, zipfile.ZipInfo] = {}
        try:
            self.archive = zipfile.ZipFile(source)
            entries = self.archive.infolist()
        except BROKEN as error:
            raise RefusedError(_("照片包已损坏或不是 zip 文件，请重新压缩后上传。")) from error
        if len(entries) > MOST_FILES:
            raise RefusedError(
                _("照片包有 %(n)d 个文件，最多 %(most)d 个；请分成几个上传。")
                % {"n": len(entries), "most": MOST_FILES}
            )
        for entry in entries:
            self._enter(entry)

    def _enter(self, entry: zipfile.ZipInfo) -> None:
        name = _name_of(entry)
        path = name.replace("\\", "/")
        parts = path.split("/")
        if entry.is_dir() or parts[0] == "__MACOSX" or parts[-1].lower() in IGNORED:
            return
        stem, dot, suffix = parts[-1].rpartition(".")
        number = id_document.normalise(stem)
        if path.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", path) or "\x00" in name:
            self._tell(name, _("文件名含有路径，已拒绝；请把照片直接压缩，不要改动文件名。"))
        elif entry.flag_bits & ENCRYPTED:
            self._tell(name, _("文件设有密码，请取消密码后重新压缩。"))
        elif f"{dot}{suffix}".lower() not in SUFFIXES or not number:
            self._tell(name, _("文件名应为“证件号码.jpg”（也可用 png）。"))
        elif number in self.members:
            self._tell(name, _("同一证件号码有两张照片，请只留一张。"))
        else:
            self.members[number] = entry

    def _tell(self, name: str, message: str) -> None:
        self.problems.append(RowProblem(0, HEADER, f"“{veiled(name)}”：{message}"))

    def portrait(self, number: str, rules: Rulebook) -> CleanFile:
        """The portrait of this number, judged as one from the portal (REG-11, REG-12).

        `ValidationError` for what is none, `RefusedError` for what the rulebook does not accept.
        """
        try:
            with self.archive.open(self.members[number]) as stream:
                content = stream.read(MAX_BYTES + 1)
        except BROKEN as error:
            raise ValidationError(_("照片文件已损坏，请重新压缩后上传。")) from error
        return fit_portrait(content, rules)

    def tell_strays(self, numbers: Iterable[str]) -> None:
        """Tell the pictures of people who stand in no row; asked once every row is sound."""
        known = {id_document.normalise(number) for number in numbers}
        for number, entry in self.members.items():
            if number in known:
                continue
            if any(each in number for each in known):
                self._tell(_name_of(entry), _("文件名除证件号码外还有别的字，请只留证件号码。"))
            else:
                self._tell(_name_of(entry), _("表中没有这个证件号码的行；请补上或删去照片。"))


def veiled(name: str) -> str:
    """A file's name as it may be shown: without its folder, long numbers masked."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = DIGITS.sub(lambda found: f"{found[0][:2]}***{found[0][-2:]}", last[:60])
    return "".join(c if c.isprintable() else "\ufffd" for c in shown)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: Windows writes Chinese names in its own code page, unmarked."""
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    for code in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError, UnicodeEncodeError):
            return entry.filename.encode("cp437").decode(code)
    return entry.filename
