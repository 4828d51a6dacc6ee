"""What can be done with certificates."""

from eventhub.certificates.services.asking import is_open, make_preview, may_ask
from eventhub.certificates.services.documents import (
    code_of,
    find_code,
    keep_document,
    keep_documents,
    make_document,
    make_unsigned,
)
from eventhub.certificates.services.issuing import change_design, entitled, issue_certificates
from eventhub.certificates.services.runs import issue_at_once, start_run, work_off
from eventhub.certificates.services.signatories import remove_signatory, save_signatory
from eventhub.certificates.services.speakers import issue_to_speakers, speakers_with_parts
from eventhub.certificates.services.withdrawing import (
    confirm_withdrawal,
    propose_withdrawal,
    refuse_withdrawal,
)

__all__ = [
    "change_design",
    "code_of",
    "confirm_withdrawal",
    "entitled",
    "find_code",
    "is_open",
    "issue_at_once",
    "issue_certificates",
    "issue_to_speakers",
    "keep_document",
    "keep_documents",
    "make_document",
    "make_preview",
    "make_unsigned",
    "may_ask",
    "propose_withdrawal",
    "refuse_withdrawal",
    "remove_signatory",
    "save_signatory",
    "speakers_with_parts",
    "start_run",
    "work_off",
]
