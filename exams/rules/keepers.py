"""Who may keep the equipment; pure."""

INTERMEDIATE = 4


# What the rulebook calls the least education, and which answers of the form reach it.
REACHED = {
    "technical_or_high_school": frozenset(
        {
            "postgraduate",
            "bachelor",
            "college",
            "secondary_vocational",
            "technical_school",
            "high_school",
        }
    ),
    "college": frozenset({"postgraduate", "bachelor", "college"}),
}


def keeper_faults(wanted: str, education: str, level: int) -> tuple[bool, bool]:
    """EQP-01: whether the education and the level of the qualification fall short."""
    return education not in REACHED[wanted], level > INTERMEDIATE
