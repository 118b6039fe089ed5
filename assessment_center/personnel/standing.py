"""How members stand today: the lights of the list and of a member's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from assessment_center.personnel.enums import Grade, Light
from assessment_center.personnel.labels import GRADE_LABELS, LIGHT_LABELS
from assessment_center.personnel.models import Engagement, Qualification, StaffMember
from assessment_center.personnel.policies import hire_cited, rules_for
from assessment_center.personnel.rules.terms import ENDING_DAYS, light
from assessment_center.registry.entries import StageState

CHIPS: dict[Light, StageState] = {
    Light.VALID: "done",
    Light.ENDING: "due",
    Light.NOT_YET: "idle",
    Light.EXPIRED: "bad",
    Light.REVOKED: "bad",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A card or a contract with its light: the chip's state and its words."""

    record: Qualification | Engagement
    light: Light

    @property
    def chip(self) -> StageState:
        return CHIPS[self.light]

    @property
    def word(self) -> str:
        return str(LIGHT_LABELS[self.light])


def card_standing(card: Qualification, on: date) -> Standing:
    return Standing(card, light(on, card.valid_from, card.valid_until, card.revoked_on))


def hire_standing(engagement: Engagement, on: date) -> Standing:
    """Unsigned it does not count yet, whatever its days."""
    if engagement.signed_on is None or engagement.signed_on > on:
        return Standing(engagement, Light.NOT_YET)
    return Standing(engagement, light(on, engagement.starts, engagement.last_day))


@dataclass(frozen=True, slots=True)
class Line:
    """A member in the list with his cards and whether a contract is wanting."""

    member: StaffMember
    cards: list[Standing]
    contract: Standing | None
    unhired: bool


def members(words: str = "", grade: str = "", state: str = "") -> QuerySet[StaffMember]:
    """Members by name or number, grade, and how their cards stand today."""
    rows = StaffMember.objects.select_related("person", "department")
    if words:
        rows = rows.filter(
            Q(person__name__icontains=words)
            | Q(person__initials__istartswith=words)
            | Q(person__pinyin__istartswith=words)
            | Q(qualifications__card_number__icontains=words)
        )
    if grade in set(Grade):
        rows = rows.filter(qualifications__grade=grade)
    if state:
        rows = rows.filter(qualifications__in=cards_in(state))
    return rows.distinct().order_by("-is_active", "person__pinyin", "pk")


def cards_in(state: str, *, on: date | None = None) -> QuerySet[Qualification]:
    """Cards that end within sixty days, have ended, or are without a contract that is wanted."""
    today = on or timezone.localdate()
    rows = Qualification.objects.filter(revoked_on=None, member__is_active=True)
    if state == Light.ENDING:
        last = today + timedelta(days=ENDING_DAYS - 1)
        return rows.filter(valid_until__range=(today, last))
    if state == Light.EXPIRED:
        return rows.filter(valid_until__lt=today)
    if state == "unhired":
        return unhired(today)
    return rows.none()


def unhired(on: date) -> QuerySet[Qualification]:
    """Valid cards of grades that want a contract, whose holder has none that day."""
    rules = rules_for(on)
    grades = [grade.value for grade in Grade if hire_cited(rules, grade)]
    live = Q(valid_until=None) | Q(valid_until__gte=on)
    hired = Engagement.objects.filter(
        Q(ended_on=None) | Q(ended_on__gte=on), grade__in=grades, signed_on__lte=on, ends__gte=on
    )
    return Qualification.objects.filter(
        live, grade__in=grades, revoked_on=None, valid_from__lte=on, member__is_active=True
    ).exclude(member__in=hired.values("member"))


def lines(rows: Iterable[StaffMember], on: date) -> list[Line]:
    """The page of the list; two more queries for all of them."""
    listed = list(rows)
    cards: dict[object, list[Standing]] = {}
    for card in Qualification.objects.filter(member__in=listed).order_by("grade", "-valid_from"):
        cards.setdefault(card.member_id, []).append(card_standing(card, on))
    hired: dict[object, Standing] = {}
    for each in Engagement.objects.filter(member__in=listed).order_by("starts"):
        hired[each.member_id] = hire_standing(each, on)
    wanting = set(unhired(on).filter(member__in=listed).values_list("member_id", flat=True))
    return [
        Line(each, cards.get(each.pk, []), hired.get(each.pk), each.pk in wanting)
        for each in listed
    ]


def counts(on: date) -> list[tuple[str, str, int]]:
    """How many members hold each grade validly today: value, words, number."""
    rows = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=on),
        Q(revoked_on=None) | Q(revoked_on__gt=on),
        valid_from__lte=on,
        member__is_active=True,
    )
    pairs = set(rows.values_list("grade", "member_id"))
    return [
        (grade.value, str(GRADE_LABELS[grade]), sum(held == grade for held, _member in pairs))
        for grade in Grade
    ]
