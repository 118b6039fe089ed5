"""Uploads: small enough, really a picture or a PDF, and re-made so that nothing rides along."""

import hashlib
import io
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 2_400
PHOTO_SIZE = (413, 579)
PHOTO_LEAST = 150
QUALITY = 86
FORMATS = ("JPEG", "PNG", "WEBP")
PDF_MAGIC = b"%PDF-"
PDF_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


@dataclass(frozen=True, slots=True)
class CleanFile:
    """What is kept of an upload; `digest` is the SHA-256 of `content`."""

    content: bytes
    media_type: str
    suffix: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def _refuse(sentence: str) -> ValidationError:
    return ValidationError(sentence, code="upload")


def _opened(content: bytes) -> Image.Image:
    """Look at the head only: the size is judged before a pixel is decoded."""
    if len(content) > MAX_BYTES:
        raise _refuse(_("文件超过 5 MB，请压缩后再上传。"))
    if not content:
        raise _refuse(_("文件是空的，请重新选择。"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as fault:
        raise _refuse(_("这不是可用的图片。请上传 JPG 或 PNG。")) from fault
    if image.width * image.height > MAX_PIXELS:
        raise _refuse(_("图片超过 2500 万像素，请缩小后再上传。"))
    return image


def _decoded(image: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            upright = ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, MemoryError) as fault:
        raise _refuse(_("图片已损坏，请重新拍照或扫描后上传。")) from fault
    flat = Image.new("RGB", upright.size, "white")
    if upright.mode in {"RGBA", "LA", "P"}:
        upright = upright.convert("RGBA")
        flat.paste(upright, mask=upright.getchannel("A"))
        return flat
    return upright.convert("RGB")


def _as_jpeg(image: Image.Image) -> bytes:
    """New bytes from the pixels alone: position, camera and anything hidden are gone."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def clean_evidence(content: bytes) -> CleanFile:
    """A picture re-made as JPEG, or a PDF known by its first bytes; else `ValidationError`."""
    if content[:1024].lstrip().startswith(PDF_MAGIC):
        return _clean_pdf(content)
    image = _decoded(_opened(content))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return CleanFile(_as_jpeg(image), "image/jpeg", ".jpg")


def _clean_pdf(content: bytes) -> CleanFile:
    if len(content) > MAX_BYTES:
        raise _refuse(_("文件超过 5 MB，请压缩后再上传。"))
    if b"%%EOF" not in content[-2048:]:
        raise _refuse(_("PDF 不完整，请重新导出后上传。"))
    if any(mark in content for mark in PDF_ACTIVE):
        raise _refuse(_("PDF 含有脚本或附件，不能上传。请“打印为 PDF”后再传。"))
    return CleanFile(content, "application/pdf", ".pdf")


def clean_photo(content: bytes) -> CleanFile:
    """A portrait re-made as JPEG of fixed ratio (5 : 7), cut from the middle."""
    image = _opened(content)
    if min(image.size) < PHOTO_LEAST:
        raise _refuse(_("照片太小，请上传宽高都不少于 150 像素的照片。"))
    if image.width > image.height * 1.2:
        raise _refuse(_("照片应为竖幅的证件照，请重新选择。"))
    fitted = ImageOps.fit(_decoded(image), PHOTO_SIZE, centering=(0.5, 0.4))
    return CleanFile(_as_jpeg(fitted), "image/jpeg", ".jpg")
