import sys

from ortaq.cli import main

sys.exit(main())
