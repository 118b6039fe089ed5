"""Words of the equipment for templates."""

from django import template

from exams.equipment import wording
from exams.rules.equipment import Fault

register = template.Library()


@register.simple_tag
def fault_words(fault: Fault) -> str:
    """Why a piece may not be used."""
    return wording.fault_words(fault)
