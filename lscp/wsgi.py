"""The live site's entry. Refuses demo mode, which has no HTTPS and lets anyone in."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lscp.settings")
if os.environ.get("LSCP_DEMO"):
    raise ImproperlyConfigured("Demo mode must not be served to others. Unset LSCP_DEMO.")

application = get_wsgi_application()
