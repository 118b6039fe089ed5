"""The batch's own way from the plan to the archive."""

import pytest

from assessment_center.batches import services
from assessment_center.batches.enums import BatchStatus
from assessment_center.registry import SYSTEM
from tests.factories.foundation import approved, make_batch, make_offering

pytestmark = pytest.mark.django_db


def test_a_batch_goes_from_draft_to_archive():
    batch = make_batch()
    make_offering(batch, level=4)
    make_offering(batch, level=3)
    approved(batch)
    assert batch.status == BatchStatus.APPROVED
    services.complete_batch(actor=SYSTEM, batch=batch)
    services.archive_batch(actor=SYSTEM, batch=batch)
    assert batch.status == BatchStatus.ARCHIVED
