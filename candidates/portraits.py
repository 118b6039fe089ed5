"""The portrait as the batch's rulebook wants it: cut, looked at, and made for the authority."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from assessment_center.registry import Citation, RefusedError
from assessment_center.rulebooks import Rulebook
from candidates.rules.portrait import PortraitProblem, Wanted, problems
from candidates.rules.portrait_grid import Portrait, measure
from candidates.validators import PHOTO_SIZE, CleanFile, clean_photo

GRID_WIDTH = 60
COLOUR_BITS = 24
WHITE = "white"
KILOBYTE = 1024
QUALITIES = (92, 86, 78, 70, 60, 50, 40)
P = PortraitProblem
SENTENCES = {
    P.NOBODY: gettext_lazy("照片上没有找到人像，或人像与背景分不开。"),
    P.BACKGROUND: gettext_lazy("照片的背景不是白色。"),
    P.GREY: gettext_lazy("照片是黑白的，应为彩色。"),
    P.CUT: gettext_lazy("头顶被裁掉了。"),
    P.OFF_CENTRE: gettext_lazy("头部没有居中。"),
    P.HEAD_SMALL: gettext_lazy("头部太小，约应占画面高度的三分之二。"),
    P.HEAD_LARGE: gettext_lazy("头部太大，约应占画面高度的三分之二。"),
    P.WHITE_TOP: gettext_lazy("上装是白色的，请换深色上装再拍。"),
}


@dataclass(frozen=True, slots=True)
class PhotoRule:
    """What the rulebook asks of the portrait; `size` in pixels is what is kept.

    `paper` tells of prints to bring along, where the rulebook asks for any.
    """

    wanted: Wanted
    size: tuple[int, int]
    citations: tuple[Citation, ...]
    words: tuple[str, ...]
    paper: str = ""


def photo_rule(rules: Rulebook) -> PhotoRule:
    """The rule of the paper photo's background (REG-11) and of the electronic photo (REG-12)."""
    paper, screen = rules.settings.paper_photo, rules.settings.ephoto
    white = paper is not None and paper.value.background == WHITE
    words: list[str] = []
    if paper is not None and white:
        words.append(_("白色背景"))
    if paper is not None and paper.value.max_age_months:
        words.append(_("近 %(n)d 个月内拍摄") % {"n": paper.value.max_age_months})
    size, wanted = PHOTO_SIZE, Wanted(white_background=white)
    if screen is not None:
        value = screen.value
        size = (round(PHOTO_SIZE[1] * value.w / value.h), PHOTO_SIZE[1])
        wanted = Wanted(white, value.head, value.bits >= COLOUR_BITS, value.white_top)
        words += _told(wanted)
    used = (*(paper.citations if paper else ()), *(screen.citations if screen else ()))
    return PhotoRule(wanted, size, tuple(dict.fromkeys(used)), tuple(words), _prints(rules))


def _prints(rules: Rulebook) -> str:
    paper = rules.settings.paper_photo
    if paper is None:
        return ""
    return _("另备 %(inch)d 寸纸质照片 %(count)d 张，按学校通知交。") % {
        "inch": paper.value.inch,
        "count": paper.value.count,
    }


def _told(wanted: Wanted) -> list[str]:
    told = [_("彩色")] if wanted.colour else []
    if wanted.head is not None:
        told.append(_("头部居中，约占画面高度的 %(n)d%%") % {"n": round(wanted.head * 100)})
    if not wanted.white_top:
        told.append(_("不穿白色上装"))
    return told


def look_at(content: bytes) -> Portrait:
    """The measures of a kept portrait."""
    with Image.open(io.BytesIO(content)) as image:
        tall = max(round(GRID_WIDTH * image.height / image.width), 20)
        small = image.convert("RGB").resize((GRID_WIDTH, tall))
    raw = small.tobytes()
    pixels = [(raw[at], raw[at + 1], raw[at + 2]) for at in range(0, len(raw), 3)]
    return measure([pixels[at : at + GRID_WIDTH] for at in range(0, len(pixels), GRID_WIDTH)])


def fit_portrait(content: bytes, rules: Rulebook) -> CleanFile:
    """The portrait as it is kept; refuses, with the article, what the rulebook does not accept.

    Raises `ValidationError` for what is no usable picture at all.
    """
    rule = photo_rule(rules)
    cleaned = clean_photo(content, size=rule.size)
    if not rule.wanted.speaks:
        return cleaned
    found = problems(look_at(cleaned.content), rule.wanted)
    if found:
        raise RefusedError(
            "".join(str(SENTENCES[each]) for each in found),
            rule.citations,
            _("请按要求重拍，或在页面上移动、缩放照片后再上传。"),
        )
    return cleaned


def electronic_photo(content: bytes, rules: Rulebook) -> bytes:
    """The portrait in the size and weight the authority takes; as kept where none is named."""
    screen = rules.settings.ephoto
    if screen is None:
        return content
    with Image.open(io.BytesIO(content)) as image:
        small = image.convert("RGB").resize((screen.value.w, screen.value.h))
    for quality in QUALITIES:
        out = io.BytesIO()
        small.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() < screen.value.max_kb * KILOBYTE:
            break
    return out.getvalue()
