"""The printed set: complete, in working order, versioned, as a job, and again only what changed."""

import zipfile
from datetime import timedelta

import pypdfium2
import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM, RefusedError
from exams import services
from exams.documents import sets
from exams.services.outdating import outdate
from exams.services.printing import order_set, print_room, set_of
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
ORDER = ["考场时间卡", "门牌", "门贴", "考场座位表", "考生照片核对表", "考生签到表"]


def pages(content: bytes) -> list[str]:
    found = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return ["".join(text.split()) for text in found]


def test_a_room_has_its_set_behind_a_cover_that_lists_it():
    batch = build.ticketed()
    room = batch.sittings.get(number=1).rooms.order_by("number").first()
    suffix, content = print_room(actor=SYSTEM, room=room)
    cover, *rest = pages(content)
    assert suffix == "pdf"
    at = [cover.index(name) for name in ORDER]
    assert at == sorted(at)
    kept = PrintedSheet.objects.filter(subject_id=room.pk)
    assert {each.version for each in kept} == {1}
    for each in kept:
        assert each.code in cover
        assert any(each.code in page for page in rest)
    for seat in room.seats.all():
        assert sum(seat.application.person.name in page for page in rest) >= len(ORDER) - 2
    print_room(actor=SYSTEM, room=room)
    assert PrintedSheet.objects.filter(subject_id=room.pk).count() == kept.count()


def test_only_what_changed_is_printed_again():
    batch = build.ticketed()
    sitting = batch.sittings.get(number=1)
    first, second = sitting.rooms.order_by("number")
    for room in (first, second):
        print_room(actor=SYSTEM, room=room)
    with pytest.raises(RefusedError, match="没有需要重印的纸"):
        set_of(actor=SYSTEM, batch=batch, room=first.pk, changed=True)
    outdate(sitting, [second.pk])
    found = set_of(actor=SYSTEM, batch=batch, changed=True)
    rooms = [each for each in found if each.name.startswith("第")]
    assert first.subject not in {sheet.subject for each in rooms for sheet in each.sheets}
    assert second.subject in {sheet.subject for each in rooms for sheet in each.sheets}


@pytest.mark.parametrize(("order", "name"), [("working", "第02册"), ("kinds", "考生签到表")])
def test_a_large_set_is_a_job_that_tells_its_progress(order, name, tmp_path, settings, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(sets, "A_VOLUME", 3)
    batch = build.ticketed()
    told = []
    monkeypatch.setattr(
        "assessment_center.jobs.running.JobRun.progress", lambda _run, *at: told.append(at)
    )
    job = order_set(actor=SYSTEM, batch=batch, order=sets.Order(order))
    run_job(job.pk)
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.error) == ("done", "")
    with done.result_file.open() as kept, zipfile.ZipFile(kept) as archive:
        names = archive.namelist()
        assert any(name in each for each in names)
        every = "".join("".join(pages(archive.read(each))) for each in names)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    for person in batch.applications.values_list("person__name", flat=True):
        assert person in every


def test_sets_are_refused_without_rooms_or_sight_of_the_whole():
    batch = build.batch_with()
    with pytest.raises(RefusedError, match="还没有排好座位"):
        order_set(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="角色不能打印整套"):
        order_set(actor=make.make_user(Role.ITEM_WRITER).as_actor(), batch=batch)


def test_the_page_prints_a_room_and_orders_the_batch(client):
    batch = build.ticketed()
    client.force_login(make.make_user(Role.CLERK))
    page = reverse("exams_office:sets", args=[batch.code])
    assert client.get(page).content.decode().count("未打印") == 4
    room = batch.sittings.get(number=1).rooms.order_by("number").first()
    answer = client.post(reverse("exams_office:room_set", args=[room.pk]))
    assert answer.content.startswith(b"%PDF")
    assert client.get(page).content.decode().count("已打印") == 1
    order = reverse("exams_office:print_set", args=[batch.code])
    assert client.post(order, {"order": "upside-down"}).status_code == 303
    assert not Job.objects.exists()
    answer = client.post(order, {"order": "kinds", "changed": "on"})
    assert answer.url == reverse("jobs_office:job", args=[Job.objects.get().pk])


def call_off(batch, outcome="cancelled", **more):
    sitting = batch.sittings.get(number=1)
    services.call_off(
        actor=SYSTEM, sitting=sitting, outcome=outcome, reason="停电", consent="渝鉴7号", **more
    )
    return sitting


@pytest.mark.parametrize(("outcome", "word"), [("cancelled", "取消"), ("postponed", "缓考")])
def test_what_is_not_held_is_not_printed(client, outcome, word):
    batch = build.ticketed()
    first, second = batch.sittings.get(number=1).rooms.order_by("number")
    print_room(actor=SYSTEM, room=first)
    (kept,) = PrintedSheet.objects.filter(subject_id=first.pk, slug="sign-in")
    call_off(batch, outcome)
    client.force_login(make.make_user(Role.CLERK))
    page = client.get(reverse("exams_office:sets", args=[batch.code])).content.decode()
    for room in (first, second):
        assert reverse("exams_office:room_set", args=[room.pk]) not in page
        answer = client.post(reverse("exams_office:room_set", args=[room.pk]), follow=True)
        said = f"这个场次已{word}，不再打印它的考务材料"
        assert said in answer.content.decode()
    assert "不再打印的场次" in page
    printed = {sheet.subject for each in set_of(actor=SYSTEM, batch=batch) for sheet in each.sheets}
    assert not {first.subject, second.subject} & printed
    assert PrintedSheet.objects.get(pk=kept.pk).is_outdated
    found = client.get(reverse("paper_office:find"), {"code": kept.code})
    assert found.status_code < 400
    sitting = reverse("exams_office:sitting", args=[first.sitting.pk])
    assert "要收回的纸" in client.get(sitting).content.decode()


def test_arranged_anew_it_is_printed_again():
    batch = build.ticketed()
    call_off(batch, "postponed")
    sitting = batch.sittings.get(number=1)
    later = timedelta(hours=8)
    call_off(
        batch, "rearranged", starts_at=sitting.starts_at + later, ends_at=sitting.ends_at + later
    )
    room = sitting.rooms.order_by("number").first()
    assert print_room(actor=SYSTEM, room=room)[0] == "pdf"


def test_a_set_of_nothing_but_cancelled_sittings_is_refused(client):
    batch = build.ticketed()
    for sitting in batch.sittings.all():
        services.call_off(
            actor=SYSTEM, sitting=sitting, outcome="cancelled", reason="停电", consent="渝鉴7号"
        )
    with pytest.raises(RefusedError, match="都已缓考或取消"):
        order_set(actor=SYSTEM, batch=batch)
    site = batch.sittings.first().rooms.first().room.site_id
    with pytest.raises(RefusedError, match="都已缓考或取消"):
        set_of(actor=SYSTEM, batch=batch, site=site)
    client.force_login(make.make_user(Role.CLERK))
    page = client.get(reverse("exams_office:sets", args=[batch.code])).content.decode()
    assert "打印整套" not in page
    assert page.count("已取消") == batch.sittings.count()
    listed = client.get(reverse("batches_office:print", args=[batch.code, "sign-in"]), follow=True)
    assert "还没有可以打印的内容" in listed.content.decode()
