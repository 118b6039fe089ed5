"""“依据” is explained by the rulebooks."""

from assessment_center.registry.entries import explainers
from assessment_center.rulebooks.explaining import explain

explainers.register("rulebooks", explain)
