"""Keeping deadlines as the rulebooks and the records say, reminding of them, and calendars."""

from assessment_center.deadlines.services.feeds import make_feed, revoke_feed
from assessment_center.deadlines.services.reminding import remind
from assessment_center.deadlines.services.syncing import (
    after_move,
    sync,
    sync_all,
    sync_batch,
    sync_centre,
    sync_soon,
)
from assessment_center.deadlines.services.ticking import take_back, tick

__all__ = [
    "after_move",
    "make_feed",
    "remind",
    "revoke_feed",
    "sync",
    "sync_all",
    "sync_batch",
    "sync_centre",
    "sync_soon",
    "take_back",
    "tick",
]
