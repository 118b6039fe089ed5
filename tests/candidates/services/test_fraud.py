"""Fraud in an application: two people, and every effect the rulebook names (REG-16)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from candidates.cases import false_paper_rules
from candidates.models import Ban, FraudCase, SubjectPass
from candidates.services import standing
from candidates.services.fraud import decide_fraud, find_fraud
from scoring.selectors import passed
from tests.certificates.build import one_issued
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FACTS = "工作年限证明上的公章与单位不符，单位否认出具。"


def found(row: Any, **more: Any) -> FraudCase:
    code = false_paper_rules(row.batch.rules)[0].code
    facts = {"actor": SYSTEM, "act_code": code, "facts": FACTS, **more}
    return find_fraud(application=row, **facts)


def decide(case: FraudCase, *, upheld: bool = True, **more: Any) -> FraudCase:
    facts = {"actor": SYSTEM, "decision": "证据确凿。", **more}
    return decide_fraud(case=case, upheld=upheld, **facts)


def test_upheld_it_cancels_bans_and_undoes_the_year() -> None:
    row = c.make_confirmed()
    standing.grant_subject_pass(
        actor=SYSTEM,
        application=row,
        subject="theory",
        passed_on=date(2026, 4, 1),
        valid_until=None,
        source=row.subject,
    )
    case = decide(found(row))
    row.refresh_from_db()
    assert (case.status, row.status) == ("upheld", "withdrawn")
    ban = Ban.objects.get(person=row.person)
    assert (ban.starts, ban.until) == (c.NOW.date(), date(2029, 4, 9))
    assert any("违纪" in text for text in ban.citations)
    assert not SubjectPass.objects.exists()
    assert AuditEntry.objects.filter(verb="application.fraud_upheld").count() == 1


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_every_rulebook_names_the_act_and_what_follows(rulebook: str) -> None:
    rules = f.make_batch(rulebook=rulebook).rules
    acts = false_paper_rules(rules)
    assert acts
    assert all(act.cite for act in acts)
    assert all(rules.penalty(act.penalty).effects for act in acts)


def test_dismissed_nothing_follows_and_it_may_be_found_again() -> None:
    row = c.make_confirmed()
    decide(found(row), upheld=False)
    row.refresh_from_db()
    assert row.status == "confirmed"
    assert not Ban.objects.exists()
    found(row)


def test_who_finds_does_not_decide_and_nothing_is_decided_twice() -> None:
    row = c.make_confirmed()
    head = f.make_user(Role.HEAD).as_actor()
    case = found(row, actor=f.make_user(Role.REVIEWER).as_actor())
    with pytest.raises(RefusedError, match="决定弄虚作假"):
        decide(case, actor=f.make_user(Role.CLERK).as_actor())
    with pytest.raises(RefusedError, match="写明决定的理由"):
        decide(case, actor=head, decision=" ")
    FraudCase.objects.filter(pk=case.pk).update(status="open")
    decide(case, actor=head)
    with pytest.raises(RefusedError, match="已经决定"):
        decide(case, actor=head, upheld=False)


def test_the_database_wants_two_people_and_lets_nothing_be_changed() -> None:
    row = c.make_confirmed()
    user = f.make_user(Role.HEAD)
    case = found(row)
    rows = FraudCase.objects.filter(pk=case.pk)
    with pytest.raises(IntegrityError, match="事实登记后不能改动"), transaction.atomic():
        rows.update(facts="别的")
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError, match="fraud_decided_when"), transaction.atomic():
        rows.update(status="upheld")
    decide(case, upheld=False)
    with pytest.raises(IntegrityError, match="作出后不能改动"), transaction.atomic():
        rows.update(decision="改")
    with pytest.raises(IntegrityError, match="fraud_two_people"), transaction.atomic():
        FraudCase.objects.create(
            application=row, act_code="x", act="x", consequence="x", facts="x",
            found_by=user, decided_by=user,
        )  # fmt: skip
    again = {"application": row, "act_code": "x", "act": "x", "consequence": "x", "facts": "x"}
    FraudCase.objects.create(**again)
    with pytest.raises(IntegrityError, match="fraud_case_once"), transaction.atomic():
        FraudCase.objects.create(**again)


def test_bad_input() -> None:
    row = c.make_confirmed()
    with pytest.raises(RefusedError, match="没有把这种行为"):
        found(row, act_code="A-1")
    with pytest.raises(RefusedError, match="写明查明的事实"):
        found(row, facts="  ")
    found(row)
    with pytest.raises(RefusedError, match="已有待决定"):
        found(row)
    with pytest.raises(RefusedError, match="没有提交"):
        found(c.make_draft())
    with pytest.raises(RefusedError, match="登记弄虚作假"):
        found(row, actor=f.make_user(Role.SUPERVISOR).as_actor())


def test_a_result_falls_and_its_certificate_is_revoked() -> None:
    certificate = one_issued()
    row, batch = certificate.application, certificate.batch
    assert passed(batch).filter(application=row).exists()
    decide(found(row))
    certificate.refresh_from_db()
    assert certificate.status == "revoked"
    assert not passed(batch).filter(application=row).exists()
