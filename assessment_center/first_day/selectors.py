"""How far the first days have got: the rulebook, the steps, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import AnnouncementStatus
from assessment_center.batches.models import Announcement
from assessment_center.first_day.models import RulebookChoice
from assessment_center.office import roles_with
from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.registry import Actor
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import current_versions, rules_of


@dataclass(frozen=True, slots=True)
class Standing:
    """One step as it stands now; `waits_for` are the titles of steps that must come first."""

    step: SetupStep
    state: SetupState
    waits_for: tuple[str, ...] = ()

    @property
    def by(self) -> str:
        """The roles whose work it is."""
        return "、".join(roles_with([Act(self.step.permission)]))


@dataclass(frozen=True, slots=True)
class Checklist:
    """All steps in their order, and whether something may be announced."""

    steps: Sequence[Standing]

    @property
    def done(self) -> int:
        return sum(each.state.done for each in self.steps)

    @property
    def ready(self) -> bool:
        """The program's own conditions for an announcement hold."""
        return all(each.state.done for each in self.steps if each.step.required)

    @property
    def complete(self) -> bool:
        return self.done == len(self.steps)

    def next_for(self, actor: Actor) -> Standing | None:
        """What to do now: open steps that wait for nothing; one's own first, then required ones."""
        open_now = [each for each in self.steps if not each.state.done and not each.waits_for]
        return min(
            open_now,
            key=lambda each: (not actor.may(each.step.permission), not each.step.required),
            default=None,
        )


def filed_rules() -> Rulebook | None:
    """The rulebook of the filing that holds today."""
    centre = active_centre()
    return rules_on(centre, timezone.localdate()) if centre else None


def chosen_rules() -> Rulebook | None:
    """The rulebook the office works under: that of its filing, else the one it has chosen."""
    filed = filed_rules()
    if filed is not None:
        return filed
    choice = RulebookChoice.objects.order_by("-created_at").first()
    version = next((v for v in current_versions() if choice and v.code == choice.code), None)
    return rules_of(version) if version else None


def checklist() -> Checklist:
    """How every step stands."""
    rules = chosen_rules()
    states = {key: step.state(rules) for key, step in setup_steps.items()}
    return Checklist(
        [Standing(step, states[key], _waits(step, states)) for key, step in setup_steps.items()]
    )


def _waits(step: SetupStep, states: dict[str, SetupState]) -> tuple[str, ...]:
    return tuple(
        str(setup_steps[key].title) for key in step.needs if key in states and not states[key].count
    )


def waits_for(step: SetupStep) -> tuple[str, ...]:
    """The titles of the steps that must have something before this one can be done."""
    rules = chosen_rules()
    states = {key: setup_steps[key].state(rules) for key in step.needs}
    return _waits(step, states)


def is_over() -> bool:
    """The first announcement is out: the office needs no guide any more."""
    return Announcement.objects.filter(status=AnnouncementStatus.PUBLISHED).exists()


def may_help(actor: Actor) -> bool:
    """Whether a step of the guide is this actor's work."""
    return any(actor.may(step.permission) for step in setup_steps)
