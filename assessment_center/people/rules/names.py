"""Names of people as their documents write them: one spelling, and none that cannot be one."""

import re
import unicodedata
from functools import lru_cache

from assessment_center.catalog.rules.pinyin import PinyinKey, join, syllables
from assessment_center.people.rules.surnames import split

MIDDLE_DOT = "·"
MIN_LENGTH = 2
MAX_LENGTH = 40
DOTS = re.compile("[•‧∙⋅・･᛫●\uff0e﹒⸱]")
HAN_RANGES = (
    (0x3007, 0x3007),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xFA0E, 0xFA29),
    (0x20000, 0x3347F),
)
PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))
VARIATION_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
COMPATIBILITY = ((0x2E80, 0x2FDF), (0xFF01, 0xFF5E))
PLAIN = re.compile("[\u4e00-\u9fff]+")  # nearly every name; nothing of it is written otherwise
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
LATIN_MARKS = frozenset(" -'.’")


class PersonNameError(ValueError):
    """Why this is no person's name; `message` is for the user."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


def normalise(name: str) -> str:
    """NFC, one kind of middle dot, no blanks inside Han names, no variation selectors.

    Full-width letters and Kangxi radicals (which PDF files yield) become the ordinary ones.
    """
    if PLAIN.fullmatch(name):
        return name
    text = "".join(_ordinary(c) for c in INVISIBLE.sub("", name))
    text = DOTS.sub(MIDDLE_DOT, unicodedata.normalize("NFC", text))
    text = " ".join(text.split())
    if any(is_han(character) for character in text):
        text = re.sub(r"(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])", MIDDLE_DOT, text.replace(" ", ""))
    text = re.sub(rf" ?{MIDDLE_DOT} ?", MIDDLE_DOT, text)
    return unicodedata.normalize("NFC", text)  # a mark may have joined its letter just now


def validate(name: str) -> str:
    """The normalised name; `PersonNameError` when it cannot be a name."""
    text = normalise(name)
    if not text:
        raise PersonNameError("请填写姓名。")
    for character in text:
        _refuse_character(character)
    if not MIN_LENGTH <= len(text) <= MAX_LENGTH:
        raise PersonNameError(f"姓名应为 {MIN_LENGTH} 至 {MAX_LENGTH} 个字，请核对。")
    if re.search(r"^[·\-'.’]|[·\-'’]$|··", text):
        raise PersonNameError("间隔号“·”只能写在姓名中间，且不能连写。")
    return text


def pinyin_key(name: str) -> PinyinKey:
    """Pinyin of a name, with the readings that surnames have: 单雄信 → shan xiong xin."""
    text = normalise(name)
    reading, given = split(text)
    return join([*reading.split(), *syllables(given)])


@lru_cache(maxsize=8_192)
def is_han(character: str) -> bool:
    return _within(character, HAN_RANGES)


def _within(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(character) <= last for first, last in ranges)


@lru_cache(maxsize=8_192)
def _ordinary(character: str) -> str:
    if _within(character, VARIATION_SELECTORS):
        return ""
    if _within(character, COMPATIBILITY):
        return unicodedata.normalize("NFKC", character)
    return character


def _refuse_character(character: str) -> None:
    if is_han(character) or character == MIDDLE_DOT or character in LATIN_MARKS:
        return
    if character.isalpha() and "LATIN" in unicodedata.name(character, ""):
        return
    if character.isdigit():
        raise PersonNameError("姓名中不能有数字，请核对。")
    if _within(character, PRIVATE):
        raise PersonNameError(
            f"姓名中含有自造字符（U+{ord(character):04X}），其他电脑上无法显示；"
            "请用国家标准收录的字输入。"
        )
    shown = f"“{character}”" if character.isprintable() else f"（U+{ord(character):04X}）"
    raise PersonNameError(f"姓名中不能有字符{shown}，请核对。")
