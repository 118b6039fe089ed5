"""Days and moments as one says them, in the language of whoever reads them."""

from datetime import date, datetime

from django.utils import timezone

from assessment_center.registry.language import in_english

MOMENT = "%Y 年 %-m 月 %-d 日 %H:%M"
MOMENT_EN = "%-d %B %Y, %H:%M"


def spoken(at: datetime) -> str:
    """A moment in words: 2026 年 11 月 20 日 17:00; in English 20 November 2026, 17:00."""
    return timezone.localtime(at).strftime(MOMENT_EN if in_english() else MOMENT)


def spoken_day(day: date) -> str:
    """A day of these months in words: 11 月 20 日; in English 20 November."""
    return f"{day.day} {day:%B}" if in_english() else f"{day.month} 月 {day.day} 日"
