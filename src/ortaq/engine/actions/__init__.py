"""Everything that changes a record or another traced row. One module a verb; nothing else writes."""

from ortaq.engine.actions.accept import accept
from ortaq.engine.actions.audience import narrow, widen
from ortaq.engine.actions.create import Prepared, create, create_many, prepare
from ortaq.engine.actions.grant import grant
from ortaq.engine.actions.hand_over import hand_over
from ortaq.engine.actions.merge import merge
from ortaq.engine.actions.propose import propose, submit
from ortaq.engine.actions.publish import publish
from ortaq.engine.actions.request import confirm, request_erasure, request_widening
from ortaq.engine.actions.return_ import return_proposal, return_record
from ortaq.engine.actions.revert import revert
from ortaq.engine.actions.revise import revise
from ortaq.engine.actions.transfer import transfer
from ortaq.engine.actions.withdraw import withdraw

__all__ = [
    "Prepared",
    "accept",
    "confirm",
    "create",
    "create_many",
    "grant",
    "hand_over",
    "merge",
    "narrow",
    "prepare",
    "propose",
    "publish",
    "request_erasure",
    "request_widening",
    "return_proposal",
    "return_record",
    "revert",
    "revise",
    "submit",
    "transfer",
    "widen",
    "withdraw",
]
