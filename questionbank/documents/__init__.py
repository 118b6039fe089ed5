"""Printed things of the banks: master papers with their keys, and the strongroom's list."""

from questionbank.documents.lists import storage_list
from questionbank.documents.masters import answer_key, master_paper, printed_answer

__all__ = ["answer_key", "master_paper", "printed_answer", "storage_list"]
