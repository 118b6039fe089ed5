"""The table of related occupations: with its source, by whom, never by guess."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.catalog.models import RelatedOccupation
from assessment_center.catalog.selectors import counted_as
from assessment_center.catalog.services import relate_occupation, unrelate_occupation
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import foundation as f

pytestmark = pytest.mark.django_db
SOURCE = "电工国家职业标准（2022 年版）附表"


def test_related_is_what_a_source_says_and_who_entered_it_is_kept() -> None:
    own, other = f.make_occupation("电工"), f.make_occupation("维修电工")
    standard = f.make_standard(own)
    for source, occupation, words in ((" ", other, "出处"), (SOURCE, own, "就是本职业")):
        with pytest.raises(RefusedError, match=words):
            relate_occupation(actor=SYSTEM, standard=standard, occupation=occupation, source=source)
    keeper = f.make_user(Role.HEAD)
    made = relate_occupation(
        actor=keeper.as_actor(), standard=standard, occupation=other, source=SOURCE
    )
    assert (made.entered_by_id, made.source) == (keeper.pk, SOURCE)
    assert counted_as(standard) == {own.pk, other.pk}
    with pytest.raises(RefusedError, match="已经登记过"):
        relate_occupation(actor=SYSTEM, standard=standard, occupation=other, source="另一处")
    with pytest.raises(RefusedError, match="原因"):
        unrelate_occupation(actor=SYSTEM, related=made, reason="")
    unrelate_occupation(actor=keeper.as_actor(), related=made, reason="新版标准未列")
    assert counted_as(standard) == {own.pk}
    told = AuditEntry.objects.get(verb="catalog.unrelate").payload
    assert (told["source"], told["reason"]) == (SOURCE, "新版标准未列")


def test_the_database_wants_a_source() -> None:
    standard = f.make_standard(f.make_occupation("电工"))
    with pytest.raises(IntegrityError, match="related_has_source"), transaction.atomic():
        RelatedOccupation.objects.create(
            standard=standard, occupation=f.make_occupation("钳工"), source=""
        )


def test_the_office_keeps_the_table_on_its_page(client: Client) -> None:
    standard = f.make_standard(f.make_occupation("电工"))
    other = f.make_occupation("维修电工")
    page = reverse("catalog_office:related")
    client.force_login(f.make_user(Role.HEAD))
    assert "还没有登记相关职业" in client.get(page).content.decode()
    given = {"standard": standard.pk, "occupation": "没有这个", "source": SOURCE}
    told = client.post(page, given, follow=True).content.decode()
    assert "不在职业分类大典中" in told
    client.post(page, given | {"occupation": other.code})
    made = RelatedOccupation.objects.get()
    assert SOURCE in client.get(page).content.decode()
    drop = reverse("catalog_office:drop", args=[made.pk])
    client.force_login(f.make_user(Role.REVIEWER))
    assert client.post(drop, {"reason": "x"}).status_code == 403
    client.force_login(f.make_user(Role.HEAD))
    client.post(drop, {"reason": "登记错了"})
    assert not RelatedOccupation.objects.exists()
