"""What an office must have before it can work: steps that the owning apps hand up to the guide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from assessment_center.registry.citations import Citation

Text = str | Promise


@dataclass(frozen=True, slots=True)
class SetupState:
    """How a step stands: how many there are, and in sentences what is missing.

    `missing` keeps the step open; `advice` may wait. `citations` are the articles that ask for
    what is missing.
    """

    count: int = 0
    missing: Sequence[Text] = ()
    advice: Sequence[Text] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def done(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class SetupStep:
    """One step of the first days.

    `state(rules)` reads how it stands; `rules` is the rulebook that the office has chosen, None
    before. `shown_at()` is the address of the register of all; "" leaves it out. `sheet` is a
    `spreadsheets.RecordSheet`: by it workbooks are imported and single records entered by hand.
    `page()` leads to a page of the step's own where there is no sheet.
    `permission` is the act (`Act.X`) of who does the step. Without the steps that are `required`
    nothing can be announced. `needs` names the steps that must have something before this one.
    """

    key: str
    title: Text
    purpose: Text
    unit: Text
    state: Callable[[Any], SetupState]
    permission: str
    shown_at: Callable[[], str] = lambda: ""
    page: Callable[[], str] = lambda: ""
    sheet: Any = None
    required: bool = False
    needs: tuple[str, ...] = ()
