"""The portrait under each rulebook: what is taken, what is refused with its article, what is sent."""

import io
from random import Random

import pytest
from PIL import Image, ImageOps

from assessment_center.registry import RefusedError
from assessment_center.rulebooks import load
from candidates.demo_portraits import portrait
from candidates.portraits import electronic_photo, fit_portrait, photo_rule
from candidates.validators import PHOTO_SIZE
from tests.factories.candidates import picture


def drawn(seed: int = 3, *, ground: str = "") -> bytes:
    """A drawn portrait, on another background where one is given."""
    content = portrait(Random(seed), long_hair=bool(seed % 2))
    if not ground:
        return content
    image = Image.open(io.BytesIO(content)).convert("RGB")
    figure = ImageOps.invert(image.convert("L")).point(lambda value: 255 * (value > 12))
    out = io.BytesIO()
    Image.composite(image, Image.new("RGB", image.size, ground), figure).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("seed", range(6))
def test_a_head_of_two_thirds_is_taken_and_sent_small(seed: int) -> None:
    rules = load("fujian")
    kept = fit_portrait(drawn(seed), rules)
    assert Image.open(io.BytesIO(kept.content)).size == (474, 579)
    sent = electronic_photo(kept.content, rules)
    image = Image.open(io.BytesIO(sent))
    assert (image.size, image.format, image.mode) == ((90, 110), "JPEG", "RGB")
    assert len(sent) < 20 * 1024


def test_noise_too_is_made_light_enough() -> None:
    noise = Image.effect_noise((474, 579), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=100)
    assert len(electronic_photo(out.getvalue(), load("fujian"))) < 20 * 1024


@pytest.mark.parametrize(
    ("code", "content", "words"),
    [
        ("fujian", picture(blank=True), "没有找到人像"),
        ("fujian", picture(600, 733, blank=True), "没有找到人像"),
        ("henan", picture(blank=True), "没有找到人像"),
        ("henan", drawn(2, ground="#4a7fd0"), "背景不是白色"),
        ("jilin", drawn(2, ground="#c03030"), "背景不是白色"),
    ],
)
def test_what_the_rulebook_does_not_take_is_refused_with_its_article(
    code: str, content: bytes, words: str
) -> None:
    rules = load(code)
    with pytest.raises(RefusedError, match=words) as refused:
        fit_portrait(content, rules)
    refusal = refused.value.refusal
    assert refusal.citations == photo_rule(rules).citations != ()
    assert "重拍" in refusal.remedy


@pytest.mark.parametrize("code", ["chongqing", "shandong"])
def test_a_silent_rulebook_takes_any_portrait_and_sends_it_as_it_is(code: str) -> None:
    rules = load(code)
    kept = fit_portrait(drawn(2, ground="#4a7fd0"), rules)
    assert Image.open(io.BytesIO(kept.content)).size == PHOTO_SIZE
    assert electronic_photo(kept.content, rules) == kept.content


def test_what_is_asked_stands_on_the_page_before_the_upload() -> None:
    assert photo_rule(load("henan")).words == ("白色背景",)
    assert photo_rule(load("jilin")).words == ("白色背景", "近 6 个月内拍摄")
    fujian = photo_rule(load("fujian"))
    assert fujian.words == ("彩色", "头部居中，约占画面高度的 67%", "不穿白色上装")
    assert fujian.paper == "另备 2 寸纸质照片 2 张，按学校通知交。"
    assert photo_rule(load("shandong")).paper == ""
