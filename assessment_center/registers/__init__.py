"""The office's registers: documents in and out, hand-overs, minutes, uses of a seal.

Lines are numbered without a gap, never changed and never deleted: a mistake is put right by a
further line that refers to the first.
"""
