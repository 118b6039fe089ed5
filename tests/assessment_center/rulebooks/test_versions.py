"""A batch opened under version 1 keeps its rules and its citations when version 2 is loaded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from assessment_center.batches import policies, services
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.selectors import current_version
from assessment_center.rulebooks.services import install_text
from tests.factories.foundation import at, closed, make_batch, make_rulebook

pytestmark = pytest.mark.django_db


def second(text: str) -> str:
    """The rulebook anew: reports go out later, by another article, and half the marks pass."""
    lead = text.index("[settings.report_lead_workdays]")
    end = text.index("\n[", lead)
    block = text[lead:end]
    later = "\n".join(_later(line) for line in block.splitlines())
    changed = text[:lead] + later + text[end:]
    return changed.replace('version = "1"', 'version = "2"', 1)


def _later(line: str) -> str:
    if line.startswith("value"):
        return "value = {plan = 2, data = 2}"
    return 'cite = ["CQ 考务办法 第九十九条"]' if line.startswith("cite") else line


def install_second() -> RulebookVersion:
    first = current_version("chongqing")
    return install_text(actor=SYSTEM, text=second(first.content), source="第二版")


def report(batch: AssessmentBatch, moment: Any) -> str:
    """The refusal of a report at that moment, or nothing."""
    try:
        services.submit_report(actor=SYSTEM, batch=batch, candidate_count=30, at=moment)
    except RefusedError as refused:
        return str(refused)
    return ""


def test_the_batch_of_the_first_version_is_refused_by_the_first_version(
    frozen: Callable[..., Any],
) -> None:
    clock = frozen(2026, 3, 1, 9)
    make_rulebook()
    old = closed(make_batch())
    cited_before = policies.report_days(old)
    clock.shift(timedelta(days=1))
    install_second()
    new = closed(make_batch(name="第二批"))
    assert (old.rules.identity.version, new.rules.identity.version) == ("1", "2")
    old = AssessmentBatch.objects.get(pk=old.pk)
    assert policies.report_days(old) == cited_before
    late = at(2026, 5, 20)
    said = report(old, late)
    assert "依据" in said
    assert "第九十九条" not in said
    (_due, articles), *_rest = cited_before.values()
    assert all(str(article) in said for article in articles)
    assert report(new, late) == ""
    too_late = report(closed(make_batch(name="第三批")), at(2026, 5, 22))
    assert "第九十九条" in too_late


def test_the_new_version_reads_and_stands_beside_the_old() -> None:
    make_rulebook()
    newer = install_second()
    assert current_version("chongqing") == newer
    assert RulebookVersion.objects.filter(code="chongqing").count() == 2
