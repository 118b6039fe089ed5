"""What the public is told of a batch: the facts of its announcement, and what a change changes."""

import copy
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.batches.models import Announcement, AssessmentBatch, Offering
from assessment_center.batches.rules.announcement import AnnouncementFacts, OfferedLine
from assessment_center.batches.rules.changing import CHANGEABLE, Changed
from assessment_center.catalog.labels import SUBJECT_LABELS, money_words
from assessment_center.catalog.selectors import price_on
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.labels import VALUE_LABELS

MINUTE = "%Y-%m-%d %H:%M"
WEEKDAYS = "一二三四五六日"
STROKE = "——"
# What a candidate shows for a predicate of a condition, in the order it is told.
PROOFS: tuple[tuple[Promise, frozenset[str]], ...] = (
    (
        _lazy("工作年限证明"),
        frozenset({
            "works_in_occupation", "work_years", "work_years_after_certificate",
            "work_years_after_title",
        }),
    ),
    (
        _lazy("原等级证书"),
        frozenset({"has_certificate", "years_since_certificate", "work_years_after_certificate"}),
    ),
    (
        _lazy("学历证书或在读证明"),
        frozenset({
            "diploma", "class_kind", "school_kind", "final_year_or_graduate", "graduate",
        }),
    ),
    (_lazy("职称证书"), frozenset({"title", "work_years_after_title", "years_since_title"})),
    (_lazy("1+X证书"), frozenset({"one_x_certificate"})),
    (_lazy("课程成绩或学分证明"), frozenset({"related_courses_passed", "credits_earned"})),
    (_lazy("竞赛获奖证明"), frozenset({"contest_result"})),
)  # fmt: skip


# How the days and the place of a batch are called: examined, tested in a special ability, or
# recognised without either.
EXAMINED: dict[str, Promise] = {
    "exam_starts": _lazy("考试开始日"),
    "exam_ends": _lazy("考试结束日"),
    "exam_place": _lazy("考试地点"),
}
TESTED: dict[str, Promise] = {
    "exam_starts": _lazy("考核开始日"),
    "exam_ends": _lazy("考核结束日"),
    "exam_place": _lazy("考核地点"),
}
RECOGNISED: dict[str, Promise] = {
    "exam_starts": _lazy("认定开始日"),
    "exam_ends": _lazy("认定结束日"),
    "exam_place": _lazy("认定地点"),
}


@in_chinese
def announcement_facts(batch: AssessmentBatch) -> AnnouncementFacts:
    """What the announcement of the batch must tell, as far as it is entered."""
    centre = batch.centre
    offerings = batch.offerings.select_related("occupation", "job", "standard").order_by(
        "occupation__code", "-level"
    )
    return AnnouncementFacts(
        offered=tuple(_offered(batch, each) for each in offerings),
        registration_period=period(batch.registration_opens, batch.registration_closes),
        registration_place=f"{centre.name} {centre.address}".strip() if centre.address else "",
        formalities=_formalities(batch),
        exam_period=days(batch.exam_starts, batch.exam_ends),
        exam_place=batch.exam_place,
        contact=_contact(centre),
        examined=batch.examined,
        materials=tuple(materials(batch)),
        notes=tuple(_notes(batch)),
        audience=audience(batch),
        fee_basis=tuple(fee_basis(batch)),
        category=str(_("全国或全省统一鉴定")) if batch.is_unified else "",
        special=batch.rules.is_special,
    )


def audience(batch: AssessmentBatch) -> str:
    """Who may apply, as the rulebook draws the circle (FIL-08)."""
    scope = batch.rules.settings.candidate_scope
    return "、".join(str(VALUE_LABELS[each]) for each in scope.value) if scope else ""


def fee_basis(batch: AssessmentBatch) -> list[str]:
    """The documents behind the fees, each once (FEE-02)."""
    day = timezone.localdate(batch.registration_opens)
    priced = batch.offerings.filter(fee_cents__gt=0).select_related("occupation")
    prices = [price_on(each.occupation, each.level, each.subjects, day) for each in priced]
    rates = [rate for price in prices if price for rate in price.rates]
    return list(dict.fromkeys(rate.basis for rate in rates))


def _formalities(batch: AssessmentBatch) -> str:
    """Who may enter an application is the rulebook's."""
    if batch.rules.settings.allow_proxy_entry.value:
        return str(_("网上报名或由院系集中报名，填写申报表，提交材料，由本人签名承诺"))
    return str(_("由本人网上报名，如实填写申报表，提交材料并签名承诺，不得由他人代填"))


def materials(batch: AssessmentBatch) -> list[str]:
    """What a candidate hands in, all of it told at once (REG-09)."""
    rules = batch.rules
    form = rules.form(rules.settings.application_form_code.value)
    told = [f"《{form.name}》" if form else str(_("申报表")), str(_("本人有效身份证件"))]
    if rules.conditions:
        told.append(str(_("所选申报条件的佐证材料")) + _proofs(batch))
    photo = rules.settings.paper_photo
    if photo:
        told.append(
            _("%(inch)s寸近期免冠证件照 %(count)s 张")
            % {"inch": "一二"[photo.value.inch - 1], "count": photo.value.count}
        )
    electronic = rules.settings.ephoto
    if electronic:
        size = electronic.value
        told.append(
            _("电子照片（正面免冠彩色，%(w)s×%(h)s 像素，%(ext)s 格式，不超过 %(kb)s KB）")
            % {"w": size.w, "h": size.h, "ext": size.ext, "kb": size.max_kb}
        )
    return told


def _proofs(batch: AssessmentBatch) -> str:
    """By what the conditions of the batch's own projects are proven, each paper once."""
    asked = {
        each.predicate
        for offering in batch.offerings.all()
        for condition in batch.rules.conditions_of(offering.level)
        if not condition.routes or offering.route in condition.routes
        for each in condition.all
    }
    papers = [str(paper) for paper, predicates in PROOFS if asked & predicates]
    return f"（{'、'.join(papers)}）" if papers else ""


def _notes(batch: AssessmentBatch) -> list[str]:
    told = [str(_("所填信息和提交的材料须真实有效，弄虚作假的按规程处理"))]
    if batch.examined:
        told.append(str(_("凭准考证和本人有效身份证件参加考试")))
    if any(each.standard.hazardous for each in batch.offerings.select_related("standard")):
        told.append(str(_("有人身危险的职业，技能考核前须接受安全教育")))
    return told


def _offered(batch: AssessmentBatch, offering: Offering) -> OfferedLine:
    conditions = batch.rules.conditions_of(offering.level)
    routed = [each for each in conditions if not each.routes or offering.route in each.routes]
    return OfferedLine(
        title=str(offering),
        method=str(offering.get_route_display()),
        subjects="、".join(str(SUBJECT_LABELS[s]) for s in offering.subjects)
        or str(_("不组织考试，凭材料认定")),
        fee=_fee(offering),
        conditions=tuple(each.label for each in routed),
        standard=offering.standard.name,
    )


def _fee(offering: Offering) -> str:
    """What it costs; by subject where each has its price, since a resit pays only its own."""
    if not offering.fee_cents:
        return str(_("不收费"))
    whole = money_words(offering.fee_cents)
    parts = [f"{name} {money_words(cents)}" for name, cents in offering.fees_by_subject()]
    if not parts:
        return whole
    told = {"parts": "、".join(parts), "whole": whole}
    return _("%(parts)s，合计 %(whole)s，补考只收应考科目的费用") % told


def period(start: datetime, end: datetime) -> str:
    return f"{minute(start)} 至 {minute(end)}"


def minute(moment: datetime) -> str:
    return timezone.localtime(moment).strftime(MINUTE)


def days(start: date, end: date) -> str:
    return weekday(start) if start == end else f"{weekday(start)} 至 {weekday(end)}"


def weekday(day: date) -> str:
    return f"{day.isoformat()}（周{WEEKDAYS[day.weekday()]}）"


def _contact(centre: AssessmentCentre) -> str:
    told = [(_("咨询电话"), centre.phone), (_("监督电话"), centre.complaint_phone)]
    return "，".join(f"{label} {number}" for label, number in told if number)


def announced_values(batch: AssessmentBatch) -> dict[str, str]:
    """What the batch has now of everything a change may change, as it is kept in `changes`."""
    return {field: _kept(getattr(batch, field)) for field in CHANGEABLE}


def _kept(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def value_of(field: str, kept: str) -> Any:
    """A kept value as the batch's field takes it; raises ValueError for what cannot be one."""
    if field == "registration_closes":
        moment = datetime.fromisoformat(kept)
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return kept if field == "exam_place" else date.fromisoformat(kept)


def as_changed(announcement: Announcement) -> AssessmentBatch:
    """The batch as it will be once the announcement is published; the row is not touched."""
    batch = copy.copy(announcement.batch)
    for field, kept in announcement.changes.items():
        setattr(batch, field, value_of(field, kept))
    return batch


def changed_words(batch: AssessmentBatch, changes: dict[str, str]) -> list[Changed]:
    """Each change beside what stands now, in the words of the announcement."""
    held = RECOGNISED if not batch.examined else TESTED if batch.rules.is_special else EXAMINED
    labels = {"registration_closes": _("报名截止"), **held}
    return [
        Changed(
            field,
            str(labels[field]),
            shown(field, getattr(batch, field)),
            shown(field, value_of(field, changes[field])),
        )
        for field in CHANGEABLE
        if field in changes
    ]


def shown(field: str, value: Any) -> str:
    if field == "registration_closes":
        return minute(value)
    return value or STROKE if field == "exam_place" else weekday(value)
