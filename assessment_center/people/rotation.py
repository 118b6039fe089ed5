"""Rotating the keys of personal data: every sealed value and every look-up, in small steps.

A new pair of keys is made first and used for all that is written from then on; until the old pair
is retired both find and open. A row's first byte says which pair it is under, so a rotation that
was broken off goes on where it stopped.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Func, IntegerField, Value
from django.utils.translation import gettext as _

from assessment_center import sealing
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.people.models import Person
from assessment_center.registry import SYSTEM, RefusedError, SubjectRef

BATCH = 500
PATIENCE = 120.0
CENTRE = SubjectRef("people.person", SYSTEM.ref.uuid)
Say = Callable[[str], None]


def renew_people(limit: int) -> int:
    """Bring up to `limit` people under the present keys: number, look-up and user name at once."""
    with transaction.atomic():
        key_id = Func(F("id_sealed"), Value(0), function="get_byte", output_field=IntegerField())
        old = Person.objects.annotate(key_id=key_id).exclude(key_id=sealing.current_key_id())
        rows = list(old.order_by("pk").select_for_update()[:limit])
        for person in rows:
            _renew(person)
        Person.objects.bulk_update(rows, ["id_sealed", "id_lookup"], batch_size=BATCH)
    return len(rows)


def _renew(person: Person) -> None:
    number = sealing.open_value(person.id_sealed, row_id=person.pk)
    fresh = sealing.lookup(number)
    if person.user_id is not None:
        former = bytes(person.id_lookup).hex()
        User.objects.filter(pk=person.user_id, username=former).update(username=fresh.hex())
    person.id_sealed = sealing.seal_value(number, row_id=person.pk)
    person.id_lookup = fresh


def rotate(*, say: Say, batch: int = BATCH, grace: float = 10.0) -> int:
    """Make new keys (unless a rotation is under way), renew everything, retire the old keys.

    `grace` seconds pass before the renewing begins, and transactions that were open then are
    waited for: what another process was about to write under the old key is renewed as well.
    Returns the id of the present key.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise RefusedError(_("另一个密钥轮换正在进行。"))
    try:
        return _rotate(say, batch, grace)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


LOCK = 0x6B6579


def _rotate(say: Say, batch: int, grace: float) -> int:
    rings = (settings.PERSONAL_DATA_KEYS, settings.PERSONAL_LOOKUP_KEYS)
    if all(len(ring) == 1 for ring in rings):
        say(_("已生成新密钥。"))
    else:
        say(_("继续上次未完成的轮换。"))
    while max(rings[0]) != max(rings[1]) or len(rings[0]) == len(rings[1]) == 1:
        min(rings, key=max).add()
    key_id = max(rings[0])
    time.sleep(grace)
    _renew_all(say, batch)
    _wait_for_writers()
    _renew_all(say, batch)
    for ring in rings:
        for former in [each for each in ring if each != key_id]:
            ring.retire(former)
    record(actor=SYSTEM, verb="keys.rotate", subject=CENTRE, payload={"key": key_id})
    say(_("旧密钥已停用，现在使用第 %(id)d 号密钥。") % {"id": key_id})
    return key_id


def _renew_all(say: Say, batch: int) -> None:
    for holder in sealing.holders:
        done = 0
        while step := holder.renew(batch):
            done += step
        if done:
            say(_("%(label)s：已换 %(n)d 项。") % {"label": holder.label, "n": done})


OPEN = """
    SELECT lock.virtualtransaction FROM pg_locks AS lock
    JOIN pg_stat_activity AS session USING (pid)
    WHERE lock.locktype = 'virtualxid' AND lock.granted AND lock.mode = 'ExclusiveLock'
    AND session.datname = current_database() AND pid <> pg_backend_pid()
"""


def _wait_for_writers() -> None:
    """Wait until every transaction of before this moment in this database has ended."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        before = {row[0] for row in cursor.fetchall()}
        end = time.monotonic() + PATIENCE
        while True:
            cursor.execute(OPEN)
            if before.isdisjoint(row[0] for row in cursor.fetchall()):
                return
            if time.monotonic() > end:
                raise RefusedError(
                    _("有事务长时间未结束，旧密钥暂不停用。"), remedy=_("请稍后再运行一次。")
                )
            time.sleep(0.2)
