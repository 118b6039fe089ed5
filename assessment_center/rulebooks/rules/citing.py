"""Citations: from the short form of the data files to the full titles the user reads."""

from collections.abc import Mapping

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.errors import RulebookError


def full_citation(text: str, short: str, legend: Mapping[str, str], place: str) -> Citation:
    """Turn "CQ 考务办法 第八条" into a citation with the regulation's full title.

    Raises `RulebookError` when the text is of another rulebook or names an unknown document.
    """
    book, _, rest = text.partition(" ")
    document, _, article = rest.partition(" ")
    if book != short:
        raise RulebookError(place, f"依据“{text}”应以“{short} ”开头")
    if document not in legend:
        raise RulebookError(place, f"依据“{text}”中的文件“{document}”不在文件名表（legend）内")
    return Citation(short, f"《{legend[document]}》{article}")
