"""The demo's registration goes through the services, for every rulebook."""

import pytest
from django.core.management import call_command

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import demo_steps
from candidates import selectors
from candidates.models import Application


@pytest.mark.django_db
@pytest.mark.parametrize("rulebook", ["chongqing", "fujian", "jilin", "henan", "shandong"])
def test_every_batch_gets_its_candidates(
    rulebook: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    early = {key: entry for key, entry in demo_steps._entries.items() if entry[0] <= 200}
    monkeypatch.setattr(demo_steps, "_entries", early)
    call_command("load_demo", rulebook=rulebook, candidates=16)
    statuses = {batch.code[-2:]: batch.status for batch in AssessmentBatch.objects.all()}
    assert [statuses[n] for n in ("01", "02", "03")] == ["approved"] * 3
    finished = AssessmentBatch.objects.get(code__endswith="01")
    assert selectors.admitted(finished).count() == 14
    assert not selectors.admitted(finished).filter(photo="").exists()
    states = set(Application.objects.values_list("status", flat=True))
    assert {"submitted", "returned", "refused", "withdrawn", "confirmed"} <= states
