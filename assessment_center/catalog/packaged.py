"""The classification of occupations that comes with the program."""

from pathlib import Path

from assessment_center.catalog.services import ImportOutcome, import_occupations
from assessment_center.registry import Actor

CATALOGUE = Path(__file__).parent / "data" / "occupations_2022.csv"
EDITION = 2022


def install_catalogue(*, actor: Actor) -> ImportOutcome:
    """Take in the packaged edition."""
    return import_occupations(file=CATALOGUE, edition=EDITION, actor=actor)
