"""Migrating without drawing the known models anew for each one that joins them.

Django renders, for every model a migration creates, all models related to it over any number of
ties: nearly every table of this house. A model that is new has no older self anybody could still
hold, so rendering it alone gives the same tables (`docs/decisions/0014-migrating.md`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState

_add_model = ProjectState.add_model


def _add_one(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    if "apps" not in state.__dict__ or key in state.models:
        _add_model(state, model)
        return
    state.models[key] = model
    if vars(state)["_relations"] is not None:
        state.resolve_model_relations(key)
    state.apps.render_multiple([model])


@contextmanager
def rendered_once() -> Iterator[None]:
    """Inside, a model that a migration creates is rendered by itself."""
    ProjectState.add_model = _add_one  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        ProjectState.add_model = _add_model  # type: ignore[method-assign]
