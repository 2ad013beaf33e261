"""Both suites, whole: first whether we are let in, then the writes, so that there is something to read, then the
reads; what is deleted goes last."""

from streak_infor_orchestration.conformance import erp_reads, erp_writes, streak_reads, streak_writes
from streak_infor_orchestration.conformance.check import Suite
from streak_infor_orchestration.conformance.erp_subject import ErpSubject
from streak_infor_orchestration.conformance.streak_subject import StreakSubject

_gate, *_reads = erp_reads.READS.checks
ERP = Suite[ErpSubject]("infor", erp_reads.READS.contract, checks=[_gate, *erp_writes.WRITES.checks, *_reads])

_key, *_looks = streak_reads.READS.checks
*_writes, _deletion = streak_writes.WRITES.checks
STREAK = Suite[StreakSubject](
    "streak", streak_reads.READS.contract, checks=[_key, *_writes, *_looks, _deletion]
)
