"""What gunicorn serves."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from puntlanding.web.environment import data_folder, make_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "puntlanding.web.settings")
make_key(data_folder())
application = get_wsgi_application()
