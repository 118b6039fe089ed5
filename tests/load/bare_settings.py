"""The site's settings with the bare view among its addresses."""

from assessment_center.settings import *  # noqa: F403

ROOT_URLCONF = "tests.load.bare_urls"
