"""Papers from the authority: asked for, received by two, held with a fault, issued, disposed of."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from exams import services
from exams.enums import DrawKind, ParcelState
from exams.models import Incident, Packet, PaperDisposal, PaperParcel, SeatAssignment
from exams.selectors import packets_of
from exams.services.custody import Hands
from exams.supply import asked_of, bags_needed, is_outdated, lines_of, open_lines, papers_present
from exams.supply_panel import supply_stage
from questionbank.panels import papers_stage
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
EVE = build.THEORY_STARTS - timedelta(hours=14)


def refusal(match):
    return pytest.raises(RefusedError, match=match)


@pytest.fixture
def batch():
    """Fujian: practical only, papers from the authority; one room, arranged and with tickets."""
    batch = build.batch_with((("电工", 4),), rulebook="fujian")
    batch.applications.update(subjects=["practical"])
    shop = build.room(kind="practical", rows=2, columns=3, has_video=True)
    sitting = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=120, rooms=[shop]
    )[0]
    done = services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="摇号")
    services.confirm_arrangement(actor=SYSTEM, sitting=done)
    services.issue_tickets(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    return batch


@pytest.fixture
def pair():
    return build.staff(2)


def receipt(pair, **more):
    facts = {
        "number": "FJ-001", "count": 4, "giver": "林老师", "receiver": pair[0],
        "second": pair[1], "at": EVE,
    }  # fmt: skip
    return services.Receipt(**{**facts, **more})


def asked(batch, spare=1):
    return lines_of(services.request_papers(actor=SYSTEM, batch=batch, spare=spare))


def receive(line, found):
    return services.receive_parcel(actor=SYSTEM, line=line, receipt=found)


def test_the_papers_of_every_room_are_asked_for_with_spare_copies(batch):
    assert papers_stage(batch, SYSTEM).state == "now"
    main, spare = asked(batch)
    assert (main.count, main.kind, spare.count, spare.kind) == (4, "main", 1, "spare")
    assert main.subject == "practical"
    assert main.paper_key == SeatAssignment.objects.first().paper_key
    again = services.request_papers(actor=SYSTEM, batch=batch, spare=0)
    assert (again.number, asked_of(batch), again.lines.count()) == (2, again, 1)
    assert not is_outdated(again)
    with refusal("备用份数"):
        services.request_papers(actor=SYSTEM, batch=batch, spare=21)


def test_nothing_is_asked_before_the_seats_stand_or_from_an_own_bank():
    batch = build.batch_with((("电工", 2),), rulebook="fujian")
    with refusal("没有需要主管部门供卷") as told:
        services.request_papers(actor=SYSTEM, batch=batch)
    assert str(told.value.refusal.citations[0]).endswith("26")
    assert papers_stage(batch, SYSTEM).state == "idle"
    own = build.arranged(build.batch_with((("焊工", 2),)))
    assert bags_needed(own, 1) == []


def test_two_people_receive_a_sound_bag_and_it_is_the_rooms_packet(batch, pair):
    main, spare = asked(batch)
    with refusal("同一人"):
        receive(main, receipt(pair, second=pair[0]))
    with refusal("交卷人"):
        receive(main, receipt(pair, giver=" "))
    with refusal("最早于 2026-05-22 00:00") as told:
        receive(main, receipt(pair, at=EVE - timedelta(days=1)))
    assert [str(each)[-1] for each in told.value.refusal.citations] == ["4"]
    parcel = receive(main, receipt(pair))
    assert parcel.state == ParcelState.STORED
    packet = Packet.objects.get()
    assert (packet.parcel, packet.seal_number, packet.count) == (parcel, "FJ-001", 4)
    assert packet.state_label == "在库"
    assert [str(packet.handovers.get().giver), packet.handovers.get().count] == [str(pair[0]), 4]
    with refusal("袋号 FJ-001 已经登记"):
        receive(spare, receipt(pair, count=1))
    with refusal("已经收到"):
        receive(main, receipt(pair, number="FJ-009"))
    with refusal("不能再改"):
        services.request_papers(actor=SYSTEM, batch=batch)
    with refusal("不拆封分装"):
        services.pack_papers(actor=SYSTEM, sitting_room=main.sitting_room, hands=Hands(*pair, EVE))


@pytest.mark.parametrize(
    ("fault", "kind"),
    [({"seal_intact": False}, "paper_leak"), ({"count": 3}, "paper_fault")],
    ids=["broken", "short"],
)
def test_a_bag_with_a_fault_is_an_incident_and_held_for_the_head(batch, pair, fault, kind):
    main, _spare = asked(batch)
    with refusal("请写明检查情况"):
        receive(main, receipt(pair, **fault))
    parcel = receive(main, receipt(pair, note="封条翘起", **fault))
    assert (parcel.state, parcel.incident.kind) == ("held", kind)
    assert Incident.objects.get().reported_to == batch.centre.authority_name
    assert not Packet.objects.exists()
    assert "待主任决定" in str(supply_stage(batch).blockers[0].title)
    clerk = make.make_user(Role.CLERK).as_actor()
    with refusal("不能"):
        services.decide_parcel(actor=clerk, parcel=parcel, accept=True, decision="可用")
    head = make.make_user(Role.HEAD).as_actor()
    with refusal("原因"):
        services.decide_parcel(actor=head, parcel=parcel, accept=True, decision=" ")
    services.decide_parcel(
        actor=head, parcel=parcel, accept=True, decision="可用，全程录像", at=EVE
    )
    parcel.refresh_from_db()
    assert (parcel.state, Packet.objects.get().count) == ("stored", parcel.count)
    with refusal("不能"):
        services.decide_parcel(actor=head, parcel=parcel, accept=False, decision="退")


def test_a_refused_bag_leaves_its_line_open_for_another(batch, pair):
    main, _spare = asked(batch)
    parcel = receive(main, receipt(pair, seal_intact=False, note="袋口已开"))
    services.decide_parcel(actor=SYSTEM, parcel=parcel, accept=False, decision="退回换卷")
    assert main in open_lines(asked_of(batch))
    assert receive(main, receipt(pair, number="FJ-002")).state == "stored"


def test_nothing_starts_before_the_papers_lie_in_the_room(batch, pair):
    main, _spare = asked(batch)
    sitting = main.sitting_room.sitting
    lots = services.commit_lots(
        actor=SYSTEM, sitting=sitting, kind=DrawKind.WORKSTATION, at=build.TICKETS_AT
    )
    services.hold_lots(actor=SYSTEM, draw=lots, witness="督导员", at=lots.not_before)
    build.accept_rooms(sitting)
    with refusal("试卷还没有领到考场") as told:
        services.start_sitting(actor=SYSTEM, sitting=sitting)
    assert told.value.refusal.citations
    receive(main, receipt(pair))
    assert not papers_present(sitting)
    out = Hands(*pair, sitting.starts_at - timedelta(minutes=30))
    services.hand_over(actor=SYSTEM, packet=Packet.objects.get(), hands=out)
    assert services.start_sitting(actor=SYSTEM, sitting=sitting).status == "running"


def test_what_went_back_was_destroyed_and_kept_adds_up(batch, pair):
    lines = asked(batch)
    hands = Hands(*pair, EVE + timedelta(hours=20))
    with refusal("没有试卷袋"):
        _dispose(batch, hands, 0, 0)
    for place, line in enumerate(lines):
        receive(line, receipt(pair, number=f"FJ-{place}", count=line.count))
    for packet in packets_of(batch):
        services.hand_over(actor=SYSTEM, packet=packet, hands=replace(hands, at=EVE))
    with refusal("还有 2 袋试卷没有交回"):
        _dispose(batch, hands, 1, 0)
    for packet in packets_of(batch):
        services.return_packet(actor=SYSTEM, packet=packet, hands=hands, count=packet.count)
    with refusal("不能多于它"):
        _dispose(batch, hands, 5, 1)
    with refusal("同一人"):
        _dispose(batch, Hands(pair[0], pair[0]), 1, 0)
    with refusal("接收人"):
        _dispose(batch, hands, 1, 0, taker="")
    made = _dispose(batch, hands, 1, 0)
    assert (made.total, made.sent_back, made.kept) == (5, 1, 4)
    with refusal("已经登记过"):
        _dispose(batch, hands, 1, 0)
    with pytest.raises(IntegrityError, match="disposal_adds_up"), transaction.atomic():
        PaperDisposal.objects.update(kept=9)


def _dispose(batch, hands, back, destroyed, taker="林老师"):
    return services.dispose_papers(
        actor=SYSTEM, batch=batch, sent_back=back, destroyed=destroyed, hands=hands, taker=taker
    )


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"seal_intact": False}, "parcel_fault_is"),
        ({"count": 3}, "parcel_fault_is"),
        ({"number": "FJ-1"}, "parcel_number_once"),
    ],
)
def test_the_tables_keep_it_too(batch, pair, change, constraint):
    main, spare = asked(batch)
    receive(main, receipt(pair))
    receive(spare, receipt(pair, number="FJ-1", count=1))
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PaperParcel.objects.filter(line=main).update(**change)
    with pytest.raises(IntegrityError, match="parcel_two_people"), transaction.atomic():
        PaperParcel.objects.filter(line=main).update(second=pair[0])
