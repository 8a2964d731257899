"""Making, starting and ending a node.

Each function takes the parsed arguments and returns an exit status or None.
"""

from __future__ import annotations

from argparse import Namespace

from django.conf import settings

from ortaq.cli import running
from ortaq.cli.shared import ready
from ortaq.engine import node


def init(args: Namespace) -> None:
    ready()
    recovery = node.init(args.prefix.upper(), args.country.upper(), args.name)
    print(f"The node {args.prefix.upper()} is ready in {settings.ORTAQ_DATA}.")
    print(f"Its recovery key is shown only now. Keep it on paper: {recovery}")


def demo(args: Namespace) -> int:
    from ortaq.demo import build as demo_build
    from ortaq.demo.sides import NODE
    from ortaq.search import consumer

    ready()
    running.refuse_taken(args.host, args.port)
    if node.here() is None:
        print("Making the demo node: organisations, places, acts, heritage objects and examples of everything else.")
        node.init("ORTAQ", "KZ", NODE)
        accounts = demo_build.build(print)
        consumer.rebuild()  # who opens the first page finds something
    else:
        accounts = demo_build.accounts()
    print(demo_build.table(accounts))
    return running.serve(args.host, args.port, worker=True, open_browser=not args.no_open)


def serve(args: Namespace) -> int:
    ready()
    running.refuse_taken(args.host, args.port)
    return running.serve(args.host, args.port, worker=not args.no_worker, open_browser=False)


def worker(args: Namespace) -> int:
    ready()
    return running.worker()
