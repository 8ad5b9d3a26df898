// The measurements: each adds its rows, and what its answers are to be checked by, to the report.
#pragma once

#include "bench/table/report.h"
#include "bench/table/workload.h"

namespace eqlc::bench {

// 1, 2: events to alerts beside a stock parser's walk; matching beside decoding.
void MeasureStages(const Workload& workload, Report& report);
// 3: python-eql with the same rules and events.
void MeasurePythonEql(const Workload& workload, Report& report);
// 4, 5: one rule to ten thousand; real rules added to real rules.
void MeasureRuleCounts(const Workload& workload, Report& report);
// 6: machine code beside the interpreter for the conditions that the index leaves.
void MeasureResidual(const Workload& workload, Report& report);
// 7, 10: the command from its start with rule files to its first alert.
void MeasureStarts(const Workload& workload, Report& report);
// 8, 9: many open partial sequences; all of them expiring at once.
void MeasurePartials(const Workload& workload, Report& report);
// 11: a second thread.
void MeasureThreads(const Workload& workload, Report& report);
// 12: event by event.
void MeasureLatency(const Workload& workload, Report& report);
// 13: events made to be slow.
void MeasureHostile(const Workload& workload, Report& report);

}  // namespace eqlc::bench
