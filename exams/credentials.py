"""Whether somebody may stand on a post that day, and if not, why: card, contract, promise.

The card must hold on the day of duty, its last day included; who judges is hired on that day
where the rulebook wants a contract (ASR-09, ASR-10, SUP-03).
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from assessment_center.personnel.enums import ASSESSORS, UndertakingKind
from assessment_center.personnel.models import Engagement, Qualification, StaffMember
from assessment_center.personnel.policies import hire_cited
from assessment_center.personnel.rules.terms import card_years
from assessment_center.personnel.selectors import engaged, undertaken
from assessment_center.registry import Citation, Refused, RefusedError
from assessment_center.rulebooks import Rulebook
from exams.labels import POST_LABELS
from exams.models import Sitting
from exams.policies import JUDGING, exam_day


def mark_hired(rules: Rulebook, cards: Iterable[Qualification], on: date) -> None:
    """Note on every assessor's card whether a contract covers it that day, where one is wanted."""
    if not any(hire_cited(rules, grade) for grade in ASSESSORS):
        return
    hired = {member for member, _grade in engaged(on, ASSESSORS)}
    for card in cards:
        card.hired = card.grade not in ASSESSORS or card.member_id in hired


def why_not(
    rules: Rulebook, member: StaffMember, post: str, grades: Iterable[str], on: date
) -> Refused:
    """What is wrong with the member's cards or contract for this post that day."""
    cards = list(member.qualifications.filter(grade__in=list(grades)).order_by("-valid_from"))
    detail, cited, remedy = _detail(rules, member, cards, post, on)
    reason = _("%(member)s 在考试当天没有担任“%(post)s”的有效证卡：%(detail)s。") % {
        "member": member,
        "post": POST_LABELS[post],
        "detail": detail,
    }
    return Refused(reason, cited, remedy)


def _detail(
    rules: Rulebook, member: StaffMember, cards: Sequence[Qualification], post: str, on: date
) -> tuple[str, tuple[Citation, ...], str]:
    change = _("请换人，或先登记有效证卡。")
    if not member.is_active:
        return _("已不在岗"), (), _("请换人。")
    if not cards:
        return _("没有登记过证卡"), _card_cited(rules, post), change
    live = [card for card in cards if card.holds(on)]
    if not live:
        card = cards[0]
        years = card_years(rules.settings, card.grade)
        cited = years.citations if years else _card_cited(rules, post)
        return _ended(card, on), cited, change
    cited = hire_cited(rules, live[0].grade)
    if post in JUDGING and cited and (told := _unhired(member, on)):
        return told, cited, _("请换人，或先签订聘任合同。")
    allowed = rules.settings.grade_levels
    return _("证卡不含本场的职业或等级"), allowed.citations if allowed else (), change


def _card_cited(rules: Rulebook, post: str) -> tuple[Citation, ...]:
    form = rules.form("F-808" if post == "supervisor" else "F-802")
    return form.cite if form else ()


def _ended(card: Qualification, on: date) -> str:
    told = {"card": card.card_number or card.get_grade_display(), "day": card.valid_until}
    if card.revoked_on is not None and card.revoked_on <= on:
        return _("证卡 %(card)s 已于 %(day)s 注销") % {**told, "day": card.revoked_on}
    if card.valid_from > on:
        return _("证卡 %(card)s 自 %(day)s 起才有效") % {**told, "day": card.valid_from}
    return _("证卡 %(card)s 已于 %(day)s 到期") % told


def _unhired(member: StaffMember, on: date) -> str:
    """Why no contract as an assessor holds that day; nothing where one does."""
    if any(pk == member.pk for pk, _grade in engaged(on, ASSESSORS)):
        return ""
    last = Engagement.objects.filter(member=member, grade__in=ASSESSORS, starts__lte=on).first()
    if last is None:
        return _("没有聘任合同")
    if last.last_day < on:
        return _("聘任合同 %(number)s 已于 %(day)s 终止") % {
            "number": last.number,
            "day": last.last_day,
        }
    return _("聘任合同 %(number)s 还没有签订") % {"number": last.number}


def require_promises(sitting: Sitting, members: Iterable[StaffMember]) -> None:
    """SEC-08: where the rulebook wants it, whoever is on duty has signed the secrecy agreement."""
    cited = sitting.batch.rules.settings.secrecy_agreement
    if not cited.value:
        return
    signed = undertaken(exam_day(sitting), UndertakingKind.SECRECY)
    have = set(signed.values_list("member_id", flat=True))
    missing = sorted({str(each) for each in members if each.pk not in have})
    if missing:
        raise RefusedError(
            _("%(names)s 没有签订保密承诺书。") % {"names": "、".join(missing)},
            cited.citations,
            _("请在“考务人员”中登记签好的承诺书。"),
        )
