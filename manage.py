#!/usr/bin/env python
"""Runs the management commands; owns nothing but the choice of mode before Django loads."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["demo"]:
        from lscp.mode import enter_demo

        enter_demo()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscp.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
