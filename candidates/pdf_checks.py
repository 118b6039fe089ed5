"""A PDF handed in as evidence holds pages and nothing that acts, opens or carries files along.

Looking for words in the bytes is not enough: names may be spelled `/J#61vaScript` and objects may
lie compressed inside others. So every object is read and its keys are judged.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

PDF_MAGIC = b"%PDF-"
PDF_END = b"%%EOF"
ACTIVE = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/RichMedia",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/XFA",
    }
)
MOST_PAGES = 60
MOST_OBJECTS = 20_000

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # a faulty upload is told to its owner


def require_plain_pdf(content: bytes) -> None:
    """Refuse with `ValidationError` what is cut off, locked, too long or more than pages."""
    if not content.rstrip(b"\0 \t\r\n").endswith(PDF_END):
        raise _refuse(_("PDF 不完整或末尾夹带了别的内容，请重新导出后上传。"))
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _refuse(_("PDF 加了密码，请去掉密码后再上传。"))
        pages = len(reader.pages)
        active = any(name in ACTIVE for name in _names(reader))
    except ValidationError:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
        raise _refuse(_("PDF 打不开，请重新导出后上传。")) from fault
    except (RecursionError, MemoryError, OverflowError) as fault:
        raise _refuse(_("PDF 结构异常，请“打印为 PDF”后再传。")) from fault
    if active:
        raise _refuse(_("PDF 含有脚本或附件，不能上传。请“打印为 PDF”后再传。"))
    if not 0 < pages <= MOST_PAGES:
        raise _refuse(_("PDF 应有 1 至 %(n)d 页，请分开上传。") % {"n": MOST_PAGES})


def _refuse(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="upload")


def _names(reader: PdfReader) -> Iterator[str]:
    """Every name that stands as a key or a value in any object of the file."""
    yield from _within(reader.trailer)
    numbers = [
        *((number, generation) for generation, kept in reader.xref.items() for number in kept),
        *((number, 0) for number in reader.xref_objStm),
    ]
    if len(numbers) > MOST_OBJECTS:
        raise _refuse(_("PDF 结构过于复杂，请“打印为 PDF”后再传。"))
    for number, generation in numbers:
        yield from _within(_object(reader, number, generation))


def _object(reader: PdfReader, number: int, generation: int) -> Any:
    from pypdf.generic import IndirectObject

    return reader.get_object(IndirectObject(number, generation, reader))


def _within(value: Any) -> Iterator[str]:
    """The names in one object; what it points to is an object of its own."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, NameObject):
            yield str(found)
        elif isinstance(found, DictionaryObject):
            waiting += [found.raw_get(key) for key in found]
            yield from map(str, found)
        elif isinstance(found, ArrayObject):
            waiting += list(found)
