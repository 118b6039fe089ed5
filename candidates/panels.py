"""What the candidates show on the batch page, the home page and the candidate's own page."""

from candidates import timeline as timeline
