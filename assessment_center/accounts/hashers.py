"""Argon2id at OWASP's lighter setting: sign-in must survive a deadline night on two cores."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class LighterArgon2(Argon2PasswordHasher):
    """19 MiB, two passes, one lane."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
