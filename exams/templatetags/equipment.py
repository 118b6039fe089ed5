"""Words of the equipment for templates."""

from django import template

from exams.equipment import readiness
from exams.rules.equipment import Fault

register = template.Library()


@register.simple_tag
def fault_words(fault: Fault) -> str:
    """Why a piece may not be used."""
    return readiness.fault_words(fault)
