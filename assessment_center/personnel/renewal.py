"""A renewal asks for the judgement before it (ASR-11): a card the appraisal, a hire the review."""

from datetime import date

from django.utils.translation import gettext as _

from assessment_center.personnel.enums import ASSESSORS, Grade
from assessment_center.personnel.exclusions import may_qualify
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_selectors import last_confirmed
from assessment_center.personnel.models import Engagement, QualificationApplication, StaffMember
from assessment_center.personnel.policies import objections, renewing
from assessment_center.registry import ALLOWED, Citation, Outcome, Refused
from assessment_center.rulebooks.rules.rulebook import Rulebook

Articles = tuple[Citation, ...]


def card_renewable(application: QualificationApplication, rules: Rulebook, _on: date) -> Outcome:
    """A card follows another only after a qualified year, where the rulebook says so of cards."""
    held = renewing(application) if application.grade in ASSESSORS else None
    cited = _asked(rules, "on_card")
    return _appraised(application.member, cited, held.valid_from) if held and cited else ALLOWED


def hire_renewable(
    member: StaffMember, grade: Grade, rules: Rulebook | None, starts: date
) -> Outcome:
    """A hire follows another after the evaluation of its term, which decides about it.

    One that was ended early did not run its term: what comes after it is no renewal.
    """
    cited = _asked(rules, "on_hire") if rules and grade in ASSESSORS else ()
    before = member.engagements.filter(grade=grade, starts__lt=starts).order_by("-starts").first()
    if not cited or before is None or before.ended_on is not None:
        return ALLOWED
    return _evaluated(before, cited)


def _evaluated(before: Engagement, cited: Articles) -> Outcome:
    told = {"member": before.member, "number": before.number, "day": before.ends}
    if not before.review.strip():
        return Refused(
            _("%(member)s 的上一聘期（%(number)s，%(day)s 止）还没有综合评价。") % told,
            cited,
            _("请先登记聘期综合评价。"),
        )
    if not before.renew:
        return Refused(
            _("%(member)s 的上一聘期（%(number)s）评价为不续聘。") % told,
            cited,
        )
    return ALLOWED


def not_barred(application: QualificationApplication, _rules: Rulebook, on: date) -> Outcome:
    """A bar decided after the application stops it as well."""
    return may_qualify(application.member, application.grade, on)


def _asked(rules: Rulebook, moment: str) -> Articles:
    cited = rules.settings.renewal_appraised
    return cited.citations if cited and cited.value == moment else ()


def _appraised(member: StaffMember, cited: Articles, since: date) -> Outcome:
    last = last_confirmed(member, Branch.ASSESSOR)
    if last is None or last.year < since.year:
        return Refused(
            _("%(member)s 自 %(day)s 起的任期内没有已审定的年度考核。")
            % {"member": member, "day": since},
            cited,
            _("请先完成年度考核。"),
        )
    if last.unqualified:
        return Refused(
            _("%(member)s 最近一次年度考核（%(year)s 年）不合格。")
            % {"member": member, "year": last.year},
            cited,
        )
    return ALLOWED


def register() -> None:
    objections.register("barred", not_barred, order=10)
    objections.register("renewal", card_renewable)
