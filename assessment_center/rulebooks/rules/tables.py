"""Table-valued settings: small records with named parts."""

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import Literal

TermUnit = Literal["day", "workday", "month", "period"]


@dataclass(frozen=True, slots=True)
class Term:
    """A period that starts with an event, e.g. five working days from publication.

    With unit `period` there is no number: the term runs as long as the event itself lasts.
    """

    unit: TermUnit
    from_: str = field(metadata={"name": "from"})
    n: int | None = None

    def __post_init__(self) -> None:
        if (self.n is None) != (self.unit == "period"):
            msg = "期限须写明数量 n（unit 为 period 时不写）"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Offset:
    """A moment relative to an examination: whole days from its day or minutes from its start."""

    day: int | None = None
    min: int | None = None
    time: dt.time | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (self.min is None):
            msg = "时刻须写 day（天）或 min（分钟）之一"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ProctorRule:
    """Number of proctors of a room, by the number of its candidates."""

    min: int
    per: int | None = None

    def count(self, candidates: int) -> int:
        """Return max(min, ceil(candidates / per)); without `per` the least number."""
        return self.min if self.per is None else max(self.min, math.ceil(candidates / self.per))


@dataclass(frozen=True, slots=True)
class LeadWorkdays:
    """Working days before the examination by which each kind of report must be in."""

    plan: int | None = None
    data: int | None = None
    unified: int | None = None
    venue: int | None = None


@dataclass(frozen=True, slots=True)
class PaperPhoto:
    """The paper photograph an applicant hands in."""

    inch: int
    count: int = 1
    background: str = ""
    max_age_months: int | None = None


@dataclass(frozen=True, slots=True)
class CertificatePhoto:
    """The photograph on the certificate; `box_mm` is width and height of its frame."""

    inch: int
    background: str = ""
    max_age_months: int | None = None
    box_mm: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ElectronicPhoto:
    """Size in pixels, colour depth and largest file of an electronic photograph.

    `head` is the part of the frame's height that the head takes up; the only article on such a
    photograph says two thirds and no white clothes (FJ 正文 一(三)3).
    """

    w: int
    h: int
    bits: int
    max_kb: int
    ext: str
    head: float = 0.67
    white_top: bool = False


@dataclass(frozen=True, slots=True)
class SecrecyPosts:
    """Least numbers of the secrecy office."""

    leader: int
    staff: int


@dataclass(frozen=True, slots=True)
class EarlyYears:
    """Years after which an assessor may be proposed early."""

    contest: int
    new_occupation: int


@dataclass(frozen=True, slots=True)
class AdjustMax:
    """Largest share of a breakdown table that may be adjusted; low = levels 5 to 3."""

    theory_low: float
    practical_low: float
    theory_high: float
    practical_high: float


@dataclass(frozen=True, slots=True)
class GradeBand:
    """A grade label and the least score that earns it."""

    min: int
    label: str


@dataclass(frozen=True, slots=True)
class AppealTo:
    """Bodies to which each kind of person may appeal."""

    candidate: tuple[str, ...] = ()
    exam_staff: tuple[str, ...] = ()
    assessor: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnglishWording:
    """The English that stands on the certificate; `{centre}` is the institution's name."""

    title: str
    statement: str


@dataclass(frozen=True, slots=True)
class FillFont:
    """Fonts of the filled-in certificate data; `pt` first choice first."""

    zh: str
    pt: tuple[int, ...]
    en: str = ""
