"""Equipment of the rooms: ledger, calibration, maintenance, loans, damage, checks (area 31)."""
