"""What migrating relies upon: a new model alone is rendered, and its ties work all the same."""

from typing import Any

from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from assessment_center.registry.migrating import rendered_once


def _state(name: str, **ties: str) -> ModelState:
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.BigAutoField(primary_key=True))
    ]
    fields += [
        (key, models.ForeignKey(to, models.CASCADE, related_name=f"{name.lower()}s"))
        for key, to in ties.items()
    ]
    return ModelState("toy", name, fields)


def _project() -> ProjectState:
    state = ProjectState()
    state.add_model(_state("Site"))
    state.add_model(_state("Room", site="toy.Site"))
    return state


def test_only_what_is_new_is_rendered_and_both_ends_know_each_other() -> None:
    state = _project()
    site = state.apps.get_model("toy", "Site")
    with rendered_once():
        state.add_model(_state("Seat", room="toy.Room", site="toy.Site"))
    assert state.apps.get_model("toy", "Site") is site
    seat = state.apps.get_model("toy", "Seat")
    assert seat._meta.get_field("room").remote_field.model is state.apps.get_model("toy", "Room")
    assert {each.name for each in site._meta.related_objects} == {"rooms", "seats"}
    assert set(state.relations["toy", "site"]) == {("toy", "room"), ("toy", "seat")}


def test_a_model_that_replaces_another_and_all_after_go_djangos_way() -> None:
    state = _project()
    site = state.apps.get_model("toy", "Site")
    with rendered_once():
        state.add_model(_state("Room", site="toy.Site"))
    assert state.apps.get_model("toy", "Site") is not site
    before = state.apps.get_model("toy", "Site")
    state.add_model(_state("Seat", room="toy.Room"))
    assert state.apps.get_model("toy", "Site") is not before
