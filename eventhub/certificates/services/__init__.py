"""What can be done with certificates."""

from eventhub.certificates.services.documents import (
    code_of,
    count_waiting,
    keep_document,
    make_document,
)
from eventhub.certificates.services.issuing import change_design, issue_certificates
from eventhub.certificates.services.withdrawing import (
    confirm_withdrawal,
    propose_withdrawal,
    refuse_withdrawal,
)

__all__ = [
    "change_design",
    "code_of",
    "confirm_withdrawal",
    "count_waiting",
    "issue_certificates",
    "keep_document",
    "make_document",
    "propose_withdrawal",
    "refuse_withdrawal",
]
