"""`python -m puntlanding`."""

import sys

from puntlanding.cli.main import main

sys.exit(main())
