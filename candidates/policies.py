"""What the frozen rulebook and the announcement allow of an application."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import did
from assessment_center.batches.enums import BatchStatus, Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import filed_lines, in_scope, scope_citations
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person
from assessment_center.people.reach import reach_of
from assessment_center.personnel.selectors import is_own_staff
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from candidates import selectors
from candidates.apart import not_oneself
from candidates.enums import IN_HAND, ApplicationStatus, Finding, Origin
from candidates.labels import EVIDENCE_LABELS
from candidates.models import Application
from candidates.recognition import needed_evidence
from candidates.rules.eligibility import Truth, Verdict
from candidates.rules.resits import ResitProblem
from candidates.signature import outdated, signature_of
from candidates.spoken import spoken

OWN_PEOPLE = frozenset({"own_students", "own_staff"})
CORRECTABLE = (BatchStatus.ANNOUNCED, BatchStatus.REGISTRATION_CLOSED)


def announcement_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    form = batch.rules.form("F-202")
    return form.cite if form else ()


def form_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    """The article that asks for the application form."""
    return batch.rules.settings.application_form_code.citations


def window_open(batch: AssessmentBatch, at: datetime) -> Outcome:
    """REG: an application comes in between the announced opening and close, not before or after."""
    cited = announcement_citations(batch)
    if batch.status == BatchStatus.DRAFT:
        return Refused(_("报名还没有开始：公告尚未发布。"), cited, _("请等公告发布后再来。"))
    if batch.status == BatchStatus.CANCELLED:
        return Refused(_("这个批次已取消。"), remedy=_("可在下一批次报名。"))
    if at < batch.registration_opens:
        return Refused(
            _("报名还没有开始：公告规定 %(day)s 开始。")
            % {"day": spoken(batch.registration_opens)},
            cited,
            _("请到时再来。"),
        )
    if at > batch.registration_closes or batch.status not in CORRECTABLE:
        return Refused(
            _("报名已截止：公告规定截至 %(day)s。") % {"day": spoken(batch.registration_closes)},
            cited,
            _("可在下一批次报名。"),
        )
    return ALLOWED


def received_already(batch: AssessmentBatch, received: datetime) -> Outcome:
    """Nothing has come in that comes later; a demo batch may lie ahead of the clock."""
    if received <= timezone.now() or batch.is_demo:
        return ALLOWED
    return Refused(_("收到时间不能晚于现在。"))


def _registering(application: Application) -> Outcome:
    """A returned application may be corrected until the batch is reported."""
    batch = application.batch
    if application.status == ApplicationStatus.RETURNED:
        if batch.status in CORRECTABLE:
            return ALLOWED
        return Refused(_("批次已上报，不能再补正。"), remedy=_("可在下一批次报名。"))
    now = timezone.now()
    received = application.received_at or now
    if not (outcome := received_already(batch, received)):
        return outcome
    closed = batch.status == BatchStatus.REGISTRATION_CLOSED
    if closed and application.received_at is None:
        return window_open(batch, max(now, batch.registration_closes + timedelta(seconds=1)))
    return window_open(batch, received)


def offering_allowed(offering: Offering, batch: AssessmentBatch) -> Outcome:
    """ELIG-93: only what the centre is filed for on the day of the examination."""
    line = offering.occupation, offering.job, offering.level, batch.exam_starts
    outcome = in_scope(batch.centre, *line, lines=filed_lines(offering, batch))
    if isinstance(outcome, Refused):
        return Refused(outcome.reason, outcome.citations or scope_citations(batch.rules), "")
    return ALLOWED


def not_banned(person: Person, batch: AssessmentBatch) -> Outcome:
    """ELIG-90: no application while a ban holds."""
    ban = selectors.active_ban(person, timezone.localdate())
    if ban is None:
        return ALLOWED
    cited = tuple(Citation(ban.rulebook or batch.rules.identity.short, t) for t in ban.citations)
    if ban.until is None:
        return Refused(_("您在毕业前不能再报名：%(reason)s。") % {"reason": ban.reason}, cited)
    return Refused(
        _("您在 %(day)s 之前不能报名：%(reason)s。")
        % {"day": ban.until.isoformat(), "reason": ban.reason},
        cited,
        _("对处理有异议的，可向中心申诉。"),
    )


def something_to_sit(person: Person, offering: Offering, batch: AssessmentBatch) -> Outcome:
    """VAL-01, VAL-02: passed subjects count, and a resit is allowed so many times."""
    if offering.route != Route.EXAM:
        return ALLOWED
    found = selectors.to_sit(person, offering, batch)
    valid = batch.rules.settings.single_pass_valid_months
    limit = batch.rules.settings.resit_max
    if found.problem is ResitProblem.NOTHING_LEFT:
        return Refused(
            _("您在这个项目的各科都已合格，不用再考。"), valid.citations if valid else ()
        )
    if found.problem is ResitProblem.TOO_MANY:
        return Refused(
            _("补考次数已用完。"),
            limit.citations if limit else (),
            _("合格科目有效期满后，可重新报考全部科目。"),
        )
    return ALLOWED


def own_people(person: Person, batch: AssessmentBatch) -> Outcome:
    """FIL-08: where the centre examines its own people only, nobody from outside applies."""
    scope = batch.rules.settings.candidate_scope
    wider = batch.rules.settings.candidate_scope_extendable.value
    if scope is None or wider or not set(scope.value) <= OWN_PEOPLE:
        return ALLOWED
    student = selectors.student_of(person)
    if "own_students" in scope.value and student and student.status != StudentStatus.LEFT:
        return ALLOWED
    if "own_staff" in scope.value and is_own_staff(person):
        return ALLOWED
    return Refused(
        _("本机构只面向本校学生和在职教职工，您不在认定对象内。"),
        scope.citations,
        _("本校师生请先由院系登记学籍或教职工身份。"),
    )


def far_enough(person: Person, offering: Offering, batch: AssessmentBatch) -> Outcome:
    """ELIG-HN-1, ELIG-HN-3: where only the last year sits examinations, younger students wait."""
    rule = batch.rules.settings.exam_students_final_year
    student = selectors.student_of(person)
    if not rule.value or offering.route != Route.EXAM or student is None:
        return ALLOWED
    if student.status != StudentStatus.ENROLLED or is_own_staff(person):
        return ALLOWED
    return Refused(
        _("考试考核方式面向毕业学年学生和毕业生，学籍登记您还在低年级。"),
        rule.citations,
        _("可在毕业学年报名；学籍状态有误的，请由院系更正。"),
    )


def no_other(person: Person, offering: Offering) -> Outcome:
    """REG-01: one application for an occupation and level in a batch.

    Asked before one is begun; beside a live one the database itself lets no other live.
    """
    if selectors.live_application(person, offering) is None:
        return ALLOWED
    return Refused(
        _("您在本批次已报了“%(offering)s”。") % {"offering": offering},
        form_citations(offering.batch),
        _("请在已有的申报上继续办理。"),
    )


def missing_parts(application: Application) -> Iterator[tuple[str, str]]:
    """What is still to be filled in: (part of the task list, sentence)."""
    person = application.person
    if not (application.education and application.ethnicity and application.address):
        yield "facts", _("个人情况还没有填完。")
    elif asks_post_code(application.batch) and not application.post_code:
        yield "facts", _("请填写邮政编码。")
    elif not person.phone:
        yield "facts", _("请填写手机号码。")
    elif not (person.birth and person.sex):
        yield "facts", _("请在“个人资料”中填写出生日期和性别。")
    elif not application.condition_id and selectors.conditions_for(
        application.offering, application.batch
    ):
        yield "facts", _("请选择申报条件。")
    yield from _missing_evidence(application)
    if not application.photo:
        yield "photo", _("还没有上传照片。")
    if outdated(application):
        yield "commitment", _("签署承诺书以后又改了申报信息，请重新签署。")
    elif signature_of(application) is None:
        yield "commitment", _("承诺书还没有签署。")


def asks_post_code(batch: AssessmentBatch) -> bool:
    """REG-19: whether the form of the rulebook has a column for the post code."""
    fields = batch.rules.settings.application_fields
    return fields is not None and "post_code" in fields.value


def chosen_condition(application: Application) -> EligibilityCondition | None:
    """The condition the candidate applies under."""
    found = selectors.conditions_for(application.offering, application.batch)
    return next((c for c in found if c.id == application.condition_id), None)


def needed_papers(application: Application) -> list[tuple[str, bool]]:
    """The papers a recognition rests on, in words, and whether each is there."""
    condition = chosen_condition(application)
    if application.route == Route.EXAM or condition is None:
        return []
    have = {each.kind for each in application.evidence.all()}
    return [(str(EVIDENCE_LABELS[k]), k.value in have) for k in needed_evidence(condition)]


def _missing_evidence(application: Application) -> Iterator[tuple[str, str]]:
    for paper, there in needed_papers(application):
        if not there:
            yield "evidence", _("请上传%(paper)s。") % {"paper": paper}


def _complete(application: Application) -> Outcome:
    if application.origin == Origin.SHEET:
        return _committed(application)
    missing = next(missing_parts(application), None)
    if missing is None:
        return ALLOWED
    condition = chosen_condition(application) if missing[0] == "evidence" else None
    cited = condition.cite if condition else form_citations(application.batch)
    return Refused(missing[1], cited, _("补齐后再提交。"))


def _committed(application: Application) -> Outcome:
    """REG-10: where the rulebook asks for it, the candidate has promised just what stands now."""
    rule = application.batch.rules.settings.double_commitment
    if not rule.value or signature_of(application) is not None:
        return ALLOWED
    if outdated(application):
        return Refused(
            _("签署承诺书以后申报信息有改动，考生还没有重新签署。"),
            rule.citations,
            _("请考生登录后重新签署。"),
        )
    return Refused(_("考生本人的承诺书还没有签署。"), rule.citations)


def submittable(application: Application, actor: Actor) -> Outcome:
    """All that must hold when an application comes in; the first refusal is told."""
    person, offering, batch = application.person, application.offering, application.batch
    checks: tuple[Callable[[], Outcome], ...] = (
        lambda: own(application, actor),
        lambda: _registering(application),
        lambda: offering_allowed(offering, batch),
        lambda: own_people(person, batch),
        lambda: far_enough(person, offering, batch),
        lambda: not_banned(person, batch),
        lambda: something_to_sit(person, offering, batch),
        lambda: _complete(application),
    )
    return next((found for check in checks if not (found := check())), ALLOWED)


def own(application: Application, actor: Actor) -> Outcome:
    """A candidate acts on his own application only; the office may act for him."""
    if actor.is_system or actor.may(Act.APPLICATION_ENTER):
        return within_reach(application, actor, Act.APPLICATION_ENTER)
    if application.person.user_id == actor.user_id and actor.user_id is not None:
        return ALLOWED
    return Refused(_("这不是您的申报。"))


def within_reach(application: Application, actor: Actor, act: Act) -> Outcome:
    """The clerk of a department acts for his own department's candidates only."""
    if reach_of(actor, act).covers(application.department_id):
        return ALLOWED
    return Refused(_("这份申报不属于您的院系。"), remedy=_("请由考生所在院系或全校经办人办理。"))


def eligibility_citations(application: Application) -> tuple[Citation, ...]:
    conditions = selectors.conditions_for(application.offering, application.batch)
    level = application.offering.level
    return next((c.cite for c in conditions if c.level == level), ())


def refusal_articles(application: Application, verdict: Verdict) -> tuple[Citation, ...]:
    """The articles a refusal may rest on: of the conditions not met, then of the level's own."""
    unmet = [c for c in verdict.conditions if c.truth is not Truth.TRUE]
    cited = (citation for condition in unmet for citation in condition.citations)
    form = form_citations(application.batch)
    return tuple(dict.fromkeys((*cited, *eligibility_citations(application), *form)))


def looks_at_papers(application: Application, actor: Actor) -> Outcome:
    """Originals are looked at by the reviewers, each within his reach, never one's own."""
    if not actor.may(Act.APPLICATION_CONFIRM):
        if not actor.may(Act.APPLICATION_FIRST_REVIEW):
            return Refused(_("原件由审核人验看。"))
        return returnable_first(application, actor)
    return not_oneself(application, actor)


def correctable(application: Application, actor: Actor) -> Outcome:
    """The office corrects facts while the candidate is not doing so, until the report."""
    if not actor.may(Act.APPLICATION_ENTER):
        return Refused(_("您的角色不能更正申报信息。"))
    if not (outcome := within_reach(application, actor, Act.APPLICATION_ENTER)):
        return outcome
    if not (outcome := not_oneself(application, actor)):
        return outcome
    return reopenable(application, actor)


def reopenable(application: Application, _actor: Actor) -> Outcome:
    """What is in hand may change until the batch is reported to the authority."""
    if application.batch.status not in CORRECTABLE:
        return Refused(
            _("批次已上报，不能再更正。"), remedy=_("确有错误的，请向主管部门报告更正。")
        )
    if application.status not in IN_HAND - {ApplicationStatus.RETURNED}:
        return Refused(_("申报不在办理中，不能更正。"))
    return ALLOWED


def returnable_confirmed(application: Application, actor: Actor) -> Outcome:
    """A confirmed one goes back for a correction as long as it may still change."""
    if not (outcome := not_oneself(application, actor)):
        return outcome
    return reopenable(application, actor)


def first_reviewable(application: Application, actor: Actor) -> Outcome:
    """REG-13: conditions may not be lowered, so what meets none cannot pass."""
    if not (outcome := returnable_first(application, actor)):
        return outcome
    return _eligible(application)


def returnable_first(application: Application, actor: Actor) -> Outcome:
    """The first look is the department's own, and nobody's at himself."""
    if not (outcome := not_oneself(application, actor)):
        return outcome
    return within_reach(application, actor, Act.APPLICATION_FIRST_REVIEW)


def _eligible(application: Application) -> Outcome:
    if application.finding == Finding.INELIGIBLE:
        return Refused(
            _("不符合任何一项申报条件，不能通过。"),
            eligibility_citations(application),
            _("可退回补正，或由复核人判为不通过。"),
        )
    return ALLOWED


def confirmable(application: Application, actor: Actor) -> Outcome:
    """The second look is another person's than the first."""
    if not (outcome := not_oneself(application, actor)):
        return outcome
    if not (outcome := _eligible(application)):
        return outcome
    if not (outcome := _committed(application)):
        return outcome
    first = application.first_reviewed_by_id
    if did(actor, first, application.ref, "application.first_review"):
        return Refused(
            _("初审和复核不能是同一人，代理人与被代理人也算同一人。"),
            eligibility_citations(application),
            _("请由另一位审核人复核。"),
        )
    return ALLOWED


def withdrawable(application: Application, actor: Actor) -> Outcome:
    """The candidate may take it back until the batch is reported."""
    if not (outcome := own(application, actor)):
        return outcome
    if application.batch.status not in (BatchStatus.DRAFT, *CORRECTABLE):
        return Refused(_("批次已上报，不能自行撤回。"), remedy=_("不参加考试的，请联系中心登记。"))
    return ALLOWED
