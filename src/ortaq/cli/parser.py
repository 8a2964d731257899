"""What ``ortaq --help`` says: every command with its options. No Django here, so that help is instant."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Sub = argparse._SubParsersAction[argparse.ArgumentParser]

LANGUAGES = ("en", "kk", "az", "ru")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="ortaq", description="The common platform for heritage: one node, its records and its log."
    )
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--data", metavar="FOLDER", help="the data folder (default: ORTAQ_DATA, else var/data)")
    shared.add_argument("--language", choices=LANGUAGES, default="en", help="language of messages")
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _node(commands, shared)
    _tables(commands, shared)
    _care(commands, shared)
    _tiles(commands, shared)
    _people(commands, shared)
    return top


def _command(
    commands: Sub, shared: argparse.ArgumentParser, name: str, run: str, help_: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=help_, description=help_, parents=[shared])
    command.set_defaults(run=run)
    return command


def _node(commands: Sub, shared: argparse.ArgumentParser) -> None:
    init = _command(commands, shared, "init", "node:init", "Make a new node; prints its recovery key once.")
    init.add_argument(
        "--prefix", required=True, help="KZ or AZ for a national register, else three to six capital letters"
    )
    init.add_argument("--country", required=True, help="ISO code of the country that runs the node")
    init.add_argument("--name", required=True, help="what the node is called")
    demo = _command(
        commands, shared, "demo", "node:demo", "Make and start a node with the real objects of both countries."
    )
    _port(demo)
    demo.add_argument("--no-open", action="store_true", help="do not open a browser")
    serve = _command(commands, shared, "serve", "node:serve", "Serve the node and run its worker.")
    _port(serve)
    serve.add_argument("--no-worker", action="store_true", help="only the web processes")
    _command(commands, shared, "worker", "node:worker", "Run the worker alone: index, timed actions.")


def _port(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")


def _tables(commands: Sub, shared: argparse.ArgumentParser) -> None:
    imports = _command(commands, shared, "import", "tables:import_", "Import a table, or undo an import.")
    imports.add_argument("file", nargs="?", help="a .csv or .xlsx file")
    imports.add_argument("--kind", help="kind of the records")
    imports.add_argument("--mapping", help="a TOML file that says which column is which field")
    imports.add_argument("--as", dest="email", required=True, metavar="EMAIL", help="the account that imports")
    imports.add_argument("--owner", metavar="PID", help="organisation that owns the records (default: the account's)")
    imports.add_argument("--state", choices=("draft", "in_review", "published"), default="in_review")
    imports.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
    imports.add_argument("--rejected", metavar="FILE", help="where to put the rows that were rejected")
    imports.add_argument("--undo", metavar="RUN", help="undo the import with this number")
    export = _command(commands, shared, "export", "tables:export", "Export what a reader may see.")
    export.add_argument("file", help="a .csv, .geojson or .json file")
    export.add_argument("--kind", required=True)
    export.add_argument("--as", dest="email", metavar="EMAIL", help="the account that reads (default: the public)")


def _care(commands: Sub, shared: argparse.ArgumentParser) -> None:
    index = _command(commands, shared, "index", "care:index", "Rebuild the search index, or say how far it is.")
    index.add_argument("what", choices=("rebuild", "status"))
    _command(commands, shared, "check", "care:check", "Verify log, revisions, closed parts, links and files.")
    bundle = _command(
        commands, shared, "bundle", "care:bundle", "Write the node's entries to a file, or read those of another."
    )
    bundle.add_argument("what", choices=("export", "import"))
    bundle.add_argument("file")
    bundle.add_argument(
        "--for", dest="audience", metavar="TOKENS", help="only what these may see, e.g. public or national:KZ"
    )
    backup = _command(
        commands, shared, "backup", "care:backup", "Write a backup while the node runs. The file holds its keys."
    )
    backup.add_argument("file")
    restore = _command(
        commands, shared, "restore", "care:restore", "Restore a backup into an empty folder; starts a new epoch."
    )
    restore.add_argument("file")


def _tiles(commands: Sub, shared: argparse.ArgumentParser) -> None:
    about = "Vector tiles of the node's own for its maps."
    whats = commands.add_parser("tiles", help=about, description=about)
    what = whats.add_subparsers(title="what", required=True, metavar="WHAT")
    add = _command(what, shared, "add", "tiles:add", "Check a file of vector tiles and keep a copy of it.")
    add.add_argument("file", help="an .mbtiles or .pmtiles file")
    add.add_argument("--name", default="", help="what the tiles are called (default: the name of the file)")
    remove = _command(what, shared, "remove", "tiles:remove", "Take a file of tiles out of use.")
    remove.add_argument("name", help="what the tiles are called")
    _command(what, shared, "restore", "tiles:restore", "Bring back the tiles that were removed or replaced last.")
    _command(what, shared, "list", "tiles:list_", "List the files of tiles with what they hold.")


def _people(commands: Sub, shared: argparse.ArgumentParser) -> None:
    user = commands.add_parser("user", help="Accounts and their roles.", description="Accounts and their roles.")
    whats = user.add_subparsers(title="what", required=True, metavar="WHAT")
    add = _command(
        whats, shared, "add", "people:user_add", "Make an account; the password is asked for or read from a pipe."
    )
    add.add_argument("email")
    add.add_argument("--interface", choices=LANGUAGES, default="en", help="the language of its pages")
    _command(whats, shared, "list", "people:user_list", "List accounts and roles.")
    role = _command(whats, shared, "role", "people:user_role", "Give a role, or end one.")
    role.add_argument("email")
    role.add_argument("role", help="one of the thirteen roles of the platform")
    role.add_argument("--organisation", metavar="PID", help="where the role is held")
    role.add_argument("--country", default="", help="country of a role without organisation")
    role.add_argument("--region", default="", help="administrative unit that the role is limited to")
    role.add_argument("--until", metavar="DATE", help="last day, as 2027-12-31")
    role.add_argument("--end", action="store_true", help="end the role instead")
    organisation = _command(
        whats, shared, "organisation", "people:user_organisation", "Set up an organisation before anybody has a role."
    )
    organisation.add_argument("name")
    organisation.add_argument("--country", required=True)
    organisation.add_argument(
        "--in", dest="name_language", choices=LANGUAGES, required=True, help="language of the name"
    )
    token = _command(
        whats, shared, "token", "people:user_token", "Make a secret for a program of this account; shown once."
    )
    token.add_argument("email")
    token.add_argument("name", help="what it is for")
