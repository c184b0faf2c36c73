#!/usr/bin/env python
"""Run an administrative command of the site."""

import os
import sys

from django.core.management import execute_from_command_line

from annotator.environment import SettingError

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "annotator.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
