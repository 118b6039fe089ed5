"""Moves as data and one function that makes them."""

from assessment_center.workflow.machine import Machine, Move, advance, check, hooks, open_moves

__all__ = ["Machine", "Move", "advance", "check", "hooks", "open_moves"]
