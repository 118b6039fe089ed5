"""Uploads: small enough, really a picture or a PDF, and re-made so that nothing rides along."""

import hashlib
import io
import re
import warnings
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from candidates.pdf_checks import PDF_MAGIC, require_plain_pdf

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 2_400
PHOTO_SIZE = (413, 579)
PHOTO_LEAST = 150
QUALITY = 86
FORMATS = ("JPEG", "PNG", "WEBP")
POST_CODE = re.compile(r"[0-9]{6}")
HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif"})


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


def _opened(content: bytes, *, told: str = "") -> Image.Image:
    """Look at the head only: the size is judged before a pixel is decoded.

    `told` is what to say of anything that is no picture.
    """
    require_size(len(content))
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        words = _("这是 HEIC 格式的照片，请存为 JPG 再上传。%(how)s")
        raise _refuse(words % {"how": _("iPhone 可在“设置→相机→格式”里选“兼容性最佳”。")})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError) as fault:
        raise _refuse(told or _("这不是可用的图片。请上传 JPG 或 PNG。")) from fault
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
    image.info = {}  # a comment or note of the file would be written along
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def require_size(size: int) -> None:
    """Refuse an upload by its size in bytes, before it is read."""
    if size > MAX_BYTES:
        told = _("文件有 %(mb)s MB，超过 5 MB，请压缩后再上传。")
        raise _refuse(told % {"mb": f"{size / 1024 / 1024:.1f}"})
    if not size:
        raise _refuse(_("文件是空的，请重新选择。"))


def clean_evidence(content: bytes) -> CleanFile:
    """A picture re-made as JPEG, or a PDF that holds pages only; else `ValidationError`."""
    if content.lstrip()[: len(PDF_MAGIC)] == PDF_MAGIC:
        require_size(len(content))
        require_plain_pdf(content)
        return CleanFile(content, "application/pdf", ".pdf")
    image = _decoded(_opened(content, told=_("只收 JPG、PNG 图片和 PDF；Word 请另存为 PDF。")))
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return CleanFile(_as_jpeg(image), "image/jpeg", ".jpg")


def clean_photo(content: bytes, *, size: tuple[int, int] = PHOTO_SIZE) -> CleanFile:
    """A portrait re-made as JPEG of `size` (pixels), cut from the middle where it is too wide."""
    image = _opened(content)
    if min(image.size) < PHOTO_LEAST:
        raise _refuse(_("照片太小，请上传宽高都不少于 150 像素的照片。"))
    upright = _decoded(image)
    if upright.width > upright.height * 1.2:
        raise _refuse(_("照片应为竖幅的证件照，请重新选择。"))
    fitted = ImageOps.fit(upright, size, centering=(0.5, 0.4))
    return CleanFile(_as_jpeg(fitted), "image/jpeg", ".jpg")
