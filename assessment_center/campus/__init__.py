"""Signing on with the college's own account (OpenID Connect or CAS); off unless it is set up.

Whoever comes from the campus is led to an account or a person that is known here already. Nothing
is ever given by it: no role, no staff account; the second factor is still asked for.
"""
