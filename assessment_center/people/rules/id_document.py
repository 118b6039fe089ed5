"""Identity documents: which number may be one, and what it says of its holder.

The check digit follows GB 11643 (ISO 7064 MOD 11-2). Residence permits of Hong Kong, Macao and
Taiwan residents carry such a number with the codes 810000, 820000 and 830000. A refusal says
what is wrong but never which check digit would be right, or anybody could complete a number.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment_center.people.rules.regions import is_region

_EIGHTEEN = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9X](?![0-9X])")


class IdKind(StrEnum):
    RESIDENT = "resident"
    HK_RESIDENCE = "hk_residence"
    MACAO_RESIDENCE = "macao_residence"
    TAIWAN_RESIDENCE = "taiwan_residence"
    PASSPORT = "passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    MILITARY = "military"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class IdProblem(StrEnum):
    EMPTY = "empty"
    LENGTH = "length"
    CHARACTER = "character"
    REGION = "region"
    DATE = "date"
    FUTURE = "future"
    CHECK_DIGIT = "check_digit"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class ParsedId:
    """`number` is normalised; what the document does not tell is None or ""."""

    kind: IdKind
    number: str
    birth: date | None = None
    sex: Sex | None = None
    region_code: str = ""


class IdDocumentError(ValueError):
    """Why a number is refused. `template` % `params` is the sentence; it never holds the number."""

    def __init__(
        self, problem: IdProblem, template: str, params: Mapping[str, object] | None = None
    ) -> None:
        self.problem = problem
        self.template = template
        self.params = dict(params or {})
        self.message = template % self.params
        super().__init__(self.message)


LENGTH = 18
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
MIN_YEAR = 1900
RESIDENCE = {
    "810000": IdKind.HK_RESIDENCE,
    "820000": IdKind.MACAO_RESIDENCE,
    "830000": IdKind.TAIWAN_RESIDENCE,
}
NUMBERED = frozenset({IdKind.RESIDENT, *RESIDENCE.values()})
FORMS: dict[IdKind, tuple[re.Pattern[str], str]] = {
    IdKind.PASSPORT: (
        re.compile(r"(?=.*\d)[A-Z0-9]{5,15}"),
        "护照号码应为 5 至 15 位字母和数字，请对照护照资料页核对。",
    ),
    IdKind.HK_MACAO_PERMIT: (
        re.compile(r"[HM]\d{8}(\d{2})?"),
        "港澳居民来往内地通行证号码应为字母 H 或 M 加 8 位数字，请核对。",
    ),
    IdKind.TAIWAN_PERMIT: (
        re.compile(r"\d{8}(\d{2})?"),
        "台湾居民来往大陆通行证号码应为 8 位数字，请核对。",
    ),
    IdKind.MILITARY: (
        re.compile(r"[一-鿿]{1,4}字第[0-9A-Z]{4,9}号"),
        "军人证件号码应写成“军字第1234567号”的样式，请核对。",
    ),
}
MILITARY_PARTS = re.compile(r"([一-鿿]{1,4}?)字第?([0-9A-Z]+)号?")
BLANKS = re.compile(r"[\s\u200b\ufeff]")
LENGTHS = {15: "这是 15 位的旧号码，已停止使用；请填写 18 位公民身份号码。"}


def normalise(number: str) -> str:
    """Half-width capitals without spaces, so that the same document always reads the same.

    Military numbers get the full form 军字第1234567号 however they are shortened.
    """
    text = unicodedata.normalize("NFKC", BLANKS.sub("", number)).upper()
    parts = MILITARY_PARTS.fullmatch(text)
    return f"{parts[1]}字第{parts[2]}号" if parts else text


def validate(
    number: str, kind: IdKind | str | None = None, *, today: date | None = None
) -> ParsedId:
    """What the number says; `IdDocumentError` when it cannot be one.

    Without `kind` the number is taken for an 18-digit one, and its first digits tell whether it
    is a resident's or a residence permit. With `today` a birth after it is refused.
    """
    text = normalise(number)
    if not text:
        raise IdDocumentError(IdProblem.EMPTY, "请填写证件号码。")
    wanted = IdKind(kind) if kind else None
    if wanted is None or wanted in NUMBERED:
        return _numbered(text, wanted, today)
    form, message = FORMS[wanted]
    if not form.fullmatch(text):
        raise IdDocumentError(IdProblem.FORM, message)
    return ParsedId(wanted, text)


def holds_number(text: str) -> bool:
    """Whether a text holds a well-formed resident number, however it is spaced."""
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return any(
        check_digit(found[:17]) == found[17] and found[6:8] in {"19", "20"}
        for found in _EIGHTEEN.findall(plain)
    )


def check_digit(first17: str) -> str:
    """The last character of a number by GB 11643; `first17` are 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def mask(number: str) -> str:
    """The number as lists show it: 110101********1234; short ones keep two at each end."""
    if len(number) == LENGTH:
        return f"{number[:6]}{'*' * 8}{number[-4:]}"
    kept = 2 if len(number) > 5 else 1  # noqa: PLR2004
    return f"{number[:kept]}{'*' * max(len(number) - 2 * kept, 1)}{number[-kept:]}"


def _numbered(text: str, wanted: IdKind | None, today: date | None) -> ParsedId:
    _refuse_shape(text)
    region = text[:6]
    kind = RESIDENCE.get(region, IdKind.RESIDENT)
    if not is_region(region) or (wanted is not None and kind is not wanted):
        raise IdDocumentError(
            IdProblem.REGION,
            "前 6 位地区代码（%(region)s）不存在或与证件类型不符，请核对。",
            {"region": region},
        )
    birth = _birth(text[6:14], today)
    if check_digit(text[:17]) != text[17]:
        raise IdDocumentError(
            IdProblem.CHECK_DIGIT, "号码校验未通过，有一位或几位写错了；请对照证件逐位核对。"
        )
    sex = Sex.MALE if int(text[16]) % 2 else Sex.FEMALE
    return ParsedId(kind, text, birth, sex, region)


def _refuse_shape(text: str) -> None:
    for place, character in enumerate(text, start=1):
        if not (character in "0123456789" or (character == "X" and place == LENGTH)):
            raise IdDocumentError(
                IdProblem.CHARACTER,
                "第 %(place)d 位不是数字；只有最后一位可以是 X。",
                {"place": place},
            )
    if len(text) != LENGTH:
        raise IdDocumentError(
            IdProblem.LENGTH,
            LENGTHS.get(len(text), "证件号码应为 18 位，现在是 %(length)d 位。"),
            {"length": len(text)},
        )


def _birth(digits: str, today: date | None) -> date:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        birth = date.min
    if birth.year < MIN_YEAR:
        raise IdDocumentError(IdProblem.DATE, "第 7 至 14 位不是有效的出生日期，请核对年、月、日。")
    if today is not None and birth > today:
        raise IdDocumentError(IdProblem.FUTURE, "号码中的出生日期晚于今天，请核对。")
    return birth
