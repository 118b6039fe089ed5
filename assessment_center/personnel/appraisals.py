"""The appraisal of a year: computed, written by one, confirmed by another, reported (ASR-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import principal_of, shares, touched
from assessment_center.audit.services import record
from assessment_center.notices.services import notify
from assessment_center.personnel.hires import hired_since
from assessment_center.personnel.judging_enums import (
    BRANCH_GRADES,
    AppraisalStatus,
    Branch,
    ExclusionKind,
)
from assessment_center.personnel.judging_labels import FAILING_LABELS, FOLLOWS_LABELS
from assessment_center.personnel.judging_selectors import (
    appraisals_of,
    appraised_in,
    as_session,
    earlier_years,
    in_year,
    last_day,
    measures,
    session_facts,
)
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.models.appraisals import Appraisal
from assessment_center.personnel.removal import exclude, withdraw
from assessment_center.personnel.rules.appraisal import (
    Failing,
    Follows,
    Taken,
    band,
    failing,
    follows,
    weighted_mean,
)
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook

WRITING = ("staff.appraise_draft", "staff.appraise_write")
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the records of a year say; `grade` empty: people have to judge."""

    basis: list[dict[str, Any]]
    mean: Decimal | None
    failing: Failing | None
    grade: str

    @property
    def served(self) -> bool:
        return any(fact["taken"] == Taken.SERVED for fact in self.basis)


@dataclass(frozen=True, slots=True)
class Written:
    """What people write into an appraisal; `measure` is for a supervisor found unqualified."""

    grade: str = ""
    content: Mapping[str, str] = field(default_factory=dict)
    summary: str = ""
    manager_opinion: str = ""
    supervisor_opinion: str = ""
    measure: Follows | None = None
    pause_until: date | None = None


def is_appraised(rules: Rulebook, branch: str) -> bool:
    """Whether the rulebook orders a yearly appraisal of this branch."""
    if branch == Branch.SUPERVISOR:
        return rules.settings.appraise_supervisors.value
    return rules.settings.appraisal_grades is not None


def verdict(facts: Sequence[dict[str, Any]], year: int, branch: str, rules: Rulebook) -> Verdict:
    """The year by its records: automatic failing first, then the band of the mean."""
    settings = rules.settings
    basis = in_year(facts, year)
    sessions = [as_session(fact) for fact in basis]
    grades, bounds = settings.appraisal_grades, settings.appraisal_bands
    if branch == Branch.SUPERVISOR or grades is None:
        return Verdict(basis, None, None, "")
    missed = settings.unqualified_after_missed
    why = failing(
        [as_session(fact) for fact in facts],
        year,
        missed_limit=missed.value if missed else None,
        none_is_failing=settings.unqualified_without_session.value,
    )
    mean = weighted_mean(sessions)
    if why:
        return Verdict(basis, mean, why, grades.value[-1])
    found = band(mean, bounds.value, grades.value) if bounds and mean is not None else ""
    return Verdict(basis, mean, None, found)


@transaction.atomic
def draft_year(
    *, actor: Actor, year: int, rules: Rulebook, branch: str = Branch.ASSESSOR
) -> list[Appraisal]:
    """Draft the appraisal of everybody whose year it is, or compute the drafts anew.

    What people wrote stays; confirmed years stay as they are.
    """
    _require(actor, Act.PEOPLE_MANAGE, _("起草年度考核"))
    _refuse_silent(rules, branch)
    if year > timezone.localdate().year:
        raise RefusedError(_("这一年还没有到。"))
    members = list(appraised_in(year, branch))
    facts = session_facts([each.pk for each in members], branch, until=last_day(year))
    rows = appraisals_of(year, branch).select_for_update(of=("self",))
    known = {each.member_id: each for each in rows}
    made = []
    for member in members:
        row = known.get(member.pk)
        if row is not None and row.status == AppraisalStatus.CONFIRMED:
            continue
        told = verdict(facts.get(member.pk, []), year, branch, rules)
        made.append(_draft(actor, row, member, year, branch, told, rules))
    return made


def _draft(
    actor: Actor,
    row: Appraisal | None,
    member: StaffMember,
    year: int,
    branch: str,
    told: Verdict,
    rules: Rulebook,
) -> Appraisal:
    fresh = row is None
    row = row or Appraisal(member=member, year=year, branch=branch)
    _compute(row, told, rules)
    if fresh:
        _sign_draft(row, actor)
        row.save(force_insert=True)
        payload = {"year": year, "grade": row.grade}
        record(actor=actor, verb="staff.appraise_draft", subject=row.subject, payload=payload)
    else:
        row.save()
    return row


def _compute(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    row.basis, row.failing = told.basis, told.failing or ""
    row.mean = told.mean.quantize(FOUR_PLACES) if told.mean is not None else None
    if told.grade or rules.settings.appraisal_bands:
        row.grade = told.grade
    _conclude(row, rules)


def _sign_draft(row: Appraisal, actor: Actor) -> None:
    row.drafted_by, row.drafted_for = actor.user_id, principal_of(actor)
    row.drafted_by_name = actor.label[:80]


def _conclude(row: Appraisal, rules: Rulebook) -> None:
    """Whether the grade is the worst, what follows, and the articles behind it."""
    settings = rules.settings
    grades = settings.appraisal_grades.value if settings.appraisal_grades else ()
    row.unqualified = bool(grades) and row.grade == grades[-1]
    if row.branch == Branch.ASSESSOR:
        told = follows(
            row.grade,
            grades,
            measures(rules),
            earlier_years(row.member, row.branch, row.year),
            year=row.year,
            since=hired_since(row.member, row.branch, row.year, rules),
        )
        row.follows = [each.value for each in told]
    elif not row.unqualified:
        row.follows, row.pause_until = [], None
    cited = citations(row, rules)
    row.citations = [str(each) for each in cited]
    row.rulebook = cited[0].rulebook if cited else ""


def citations(row: Appraisal, rules: Rulebook) -> tuple[Citation, ...]:
    """The articles an appraisal rests on: its grades, its failing, what follows."""
    settings = rules.settings
    parts: list[Any] = [settings.appraisal_grades]
    if row.branch == Branch.SUPERVISOR:
        parts = [settings.appraise_supervisors]
    if row.failing == Failing.MISSED_IN_A_ROW:
        parts.append(settings.unqualified_after_missed)
    if row.failing == Failing.NONE_IN_THE_YEAR:
        parts.append(settings.unqualified_without_session)
    reasons = {
        Follows.REWARD: settings.reward_excellent,
        Follows.RETRAIN: settings.retrain_unqualified,
        Follows.DISMISS: settings.dismiss_after_unqualified_years,
    }
    if row.branch == Branch.ASSESSOR:
        parts += [reasons[Follows(each)] for each in row.follows if Follows(each) in reasons]
    found = (citation for part in parts if part is not None for citation in part.citations)
    return tuple(dict.fromkeys(found))


@transaction.atomic
def write_appraisal(
    *, actor: Actor, appraisal: Appraisal, written: Written, rules: Rulebook
) -> Appraisal:
    """Write the summary, opinions and, where no score decides, the grade into a draft."""
    _require(actor, Act.PEOPLE_MANAGE, _("填写年度考核"))
    row = _locked(appraisal)
    told = _computed(row, rules)
    _refuse_grade(row, told, written.grade, rules)
    _fill(row, written, rules)
    row.grade = told.grade or written.grade
    _conclude(row, rules)
    if row.branch == Branch.SUPERVISOR and row.unqualified:
        _supervisor_measure(row, written)
    _sign_draft(row, actor)
    row.save()
    payload = {"year": row.year, "grade": row.grade, "follows": row.follows}
    record(actor=actor, verb="staff.appraise_write", subject=row.subject, payload=payload)
    return row


def _fill(row: Appraisal, written: Written, rules: Rulebook) -> None:
    asked = rules.settings.appraisal_content
    labels = asked.value if asked and row.branch == Branch.ASSESSOR else ()
    row.content = {label: written.content.get(label, "").strip() for label in labels}
    row.summary = written.summary.strip()
    row.manager_opinion = written.manager_opinion.strip()
    row.supervisor_opinion = written.supervisor_opinion.strip()


def _refuse_grade(row: Appraisal, told: Verdict, grade: str, rules: Rulebook) -> None:
    grades = rules.settings.appraisal_grades
    known = grades.value if grades else ()
    if grade and grade not in known:
        raise RefusedError(_("没有“%(grade)s”这个等次。") % {"grade": grade})
    if told.grade and grade and grade != told.grade:
        raise RefusedError(
            _("等次由记录确定为“%(grade)s”，不能另定。") % {"grade": told.grade},
            citations(row, rules),
        )
    bands = rules.settings.appraisal_bands if row.branch == Branch.ASSESSOR else None
    if grade and not told.grade and bands:
        raise RefusedError(_("等次按认定分数加权平均确定，本年还没有分数。"), bands.citations)


def _supervisor_measure(row: Appraisal, written: Written) -> None:
    if written.measure not in (Follows.PAUSE, Follows.DISMISS):
        raise RefusedError(_("考核不合格的督导员，须选择暂停或取消资格。"), row.cited)
    pausing = written.measure == Follows.PAUSE
    if pausing and (written.pause_until is None or written.pause_until < timezone.localdate()):
        raise RefusedError(_("暂停资格须写明到哪一天，不早于今天。"), row.cited)
    row.follows = [written.measure.value]
    row.pause_until = written.pause_until if pausing else None


@transaction.atomic
def confirm_appraisal(*, actor: Actor, appraisal: Appraisal, rules: Rulebook) -> Appraisal:
    """Confirm a draft; what follows takes hold at once, and the person is told (ASR-16, ASR-18).

    Refuses whoever wrote in it, also through a deputy, oneself, records that changed since the
    draft, and a form that is not filled in as the rulebook asks.
    """
    _require(actor, Act.STAFF_DECIDE, _("审定年度考核"))
    row = _locked(appraisal)
    _refuse_same_hand(actor, row)
    told = _computed(row, rules)
    if (told.basis, told.failing or "") != (row.basis, row.failing):
        raise RefusedError(
            _("派遣或评价记录有变，草稿已经过时。"), remedy=_("请重新计算后再审定。")
        )
    _refuse_incomplete(row, told, rules)
    _conclude(row, rules)
    row.status = AppraisalStatus.CONFIRMED
    row.confirmed_by, row.confirmed_for = actor.user_id, principal_of(actor)
    row.confirmed_by_name, row.confirmed_at = actor.label[:80], timezone.now()
    row.save()
    _carry_out(actor, row)
    payload = {"year": row.year, "grade": row.grade, "follows": row.follows}
    record(actor=actor, verb="staff.appraise_confirm", subject=row.subject, payload=payload)
    _tell(row)
    return row


def _refuse_same_hand(actor: Actor, row: Appraisal) -> None:
    mine = row.member.person.user_id
    if mine is not None and shares(actor, mine):
        raise RefusedError(_("不能审定自己的考核。"), row.cited)
    wrote = shares(actor, row.drafted_by, row.drafted_for)
    if wrote or touched(actor, row.subject, *WRITING):
        raise RefusedError(
            _("起草和审定不能是同一人，代理人与被代理人也算同一人。"),
            row.cited,
            _("请由另一人审定。"),
        )


def _refuse_incomplete(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    settings = rules.settings
    bands = settings.appraisal_bands if row.branch == Branch.ASSESSOR else None
    unrated = [f for f in told.basis if f["taken"] == Taken.SERVED and f["score"] is None]
    if bands and unrated and not told.failing:
        raise RefusedError(
            _("还有考评没有认定分数：%(sessions)s。")
            % {"sessions": "、".join(str(fact["session"]) for fact in unrated)},
            bands.citations,
        )
    if not row.grade and (bands is None or told.served):
        raise RefusedError(_("请先评定等次。"), row.cited)
    asked = settings.appraisal_content if row.branch == Branch.ASSESSOR else None
    empty = [label for label in asked.value if not row.content.get(label)] if asked else []
    if asked and empty:
        names = "、".join(empty)
        raise RefusedError(_("请填写考核内容：%(names)s。") % {"names": names}, asked.citations)
    _refuse_unwritten(row, told, rules)


def _refuse_unwritten(row: Appraisal, told: Verdict, rules: Rulebook) -> None:
    if row.branch != Branch.ASSESSOR or not told.basis:
        return
    review, summary = rules.form("F-805"), rules.form("F-806")
    if review and not (row.manager_opinion and row.supervisor_opinion):
        raise RefusedError(_("管理人员和督导员须分别写评议意见。"), review.cite)
    if summary and told.served and not row.summary:
        raise RefusedError(_("还没有个人考评工作小结。"), summary.cite)


def _carry_out(actor: Actor, row: Appraisal) -> None:
    today = timezone.localdate()
    why = _("%(year)s 年度考核%(grade)s") % {"year": row.year, "grade": row.grade}
    facts: dict[str, Any] = {
        "actor": actor,
        "member": row.member,
        "grades": [grade.value for grade in BRANCH_GRADES[row.branch]],
        "reason": why,
        "source": row,
    }
    if Follows.DISMISS in row.follows:
        withdraw(on=today, **facts)
        exclude(kind=ExclusionKind.DISMISSED, starts=today, **facts)
    if Follows.PAUSE in row.follows:
        exclude(kind=ExclusionKind.PAUSED, starts=today, until=row.pause_until, **facts)


def _tell(row: Appraisal) -> None:
    user = row.member.person.user
    if user is None:
        return
    body = _("等次：%(grade)s") % {"grade": row.grade or _("本年未参评")}
    if row.failing:
        body += "；" + str(FAILING_LABELS[Failing(row.failing)])
    if row.follows:
        body += "；" + "、".join(str(FOLLOWS_LABELS[Follows(each)]) for each in row.follows)
    notify(recipients=[user], title=str(row), body=body)


@transaction.atomic
def report_year(*, actor: Actor, year: int, branch: str, on: date, receipt: str = "") -> int:
    """Note that the year's results went to the authority (R-21); returns how many.

    Refuses while one of them is still a draft.
    """
    _require(actor, Act.PEOPLE_MANAGE, _("登记报送"))
    rows = appraisals_of(year, branch).select_for_update(of=("self",))
    drafts = [str(each.member) for each in rows if each.status == AppraisalStatus.DRAFT]
    if drafts:
        raise RefusedError(_("还没有审定：%(names)s。") % {"names": "、".join(drafts[:10])})
    due = [each for each in rows if each.reported_on is None]
    if not due:
        raise RefusedError(_("没有需要报送的考核结果。"))
    if on > timezone.localdate():
        raise RefusedError(_("报送日期不能晚于今天。"))
    for row in due:
        row.reported_on, row.receipt = on, receipt.strip()[:80]
        row.save(update_fields=["reported_on", "receipt"])
        payload = {"year": year, "on": on.isoformat(), "receipt": row.receipt}
        record(actor=actor, verb="staff.appraise_report", subject=row.subject, payload=payload)
    return len(due)


def _computed(row: Appraisal, rules: Rulebook) -> Verdict:
    facts = session_facts([row.member_id], row.branch, until=last_day(row.year))
    return verdict(facts.get(row.member_id, []), row.year, row.branch, rules)


def _locked(appraisal: Appraisal) -> Appraisal:
    row = (
        Appraisal.objects.select_for_update(of=("self",))
        .select_related("member__person__user")
        .get(pk=appraisal.pk)
    )
    if row.status == AppraisalStatus.CONFIRMED:
        raise RefusedError(_("这一年度的考核已经审定，不能再改。"), row.cited)
    return row


def _refuse_silent(rules: Rulebook, branch: str) -> None:
    if not is_appraised(rules, branch):
        raise RefusedError(_("规程没有规定这类人员的年度考核。"))


def _require(actor: Actor, act: Act, what: str) -> None:
    if not actor.may(act):
        raise RefusedError(_("您的角色不能%(what)s。") % {"what": what})
