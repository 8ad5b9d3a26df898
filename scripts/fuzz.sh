#!/usr/bin/env bash
# Fuzzes each target for a given processor time, under AddressSanitizer and UndefinedBehaviorSanitizer.
#   scripts/fuzz.sh [SECONDS [TARGET...]]      SECONDS of processor time for each; 1800 if left out
# Inputs found stay in build/fuzz/tests/fuzz/corpus and are where the next run begins; what crashes, hangs or takes too
# much memory stays in build/fuzz/findings/TARGET and ends the script.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-1800}
shift || true
targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for file in tests/fuzz/*_fuzz.cpp; do targets+=("$(basename "$file" _fuzz.cpp)"); done
fi

cmake --preset fuzz
cmake --build --preset fuzz --target "${targets[@]/%/_fuzz}"

TIMEFORMAT='%U %S'  # what `time` prints
for target in "${targets[@]}"; do
  corpus=build/fuzz/tests/fuzz/corpus/$target
  findings=build/fuzz/findings/$target
  log=build/fuzz/$target.fuzz.log
  mkdir -p "$corpus" "$findings"
  options=(-timeout=60 -rss_limit_mb=4096 -print_final_stats=1 "-artifact_prefix=$findings/")
  if [ -f "tests/fuzz/$target.dict" ]; then options+=("-dict=tests/fuzz/$target.dict"); fi
  used=0
  executions=0
  while [ "$used" -lt "$seconds" ]; do
    # libFuzzer counts time by the clock on the wall, which shows less processor time on a busy machine.
    spent=$({ time "build/fuzz/tests/fuzz/${target}_fuzz" "-max_total_time=$((seconds - used))" "${options[@]}" \
      "$corpus" "tests/fuzz/seeds/$target" >"$log" 2>&1; } 2>&1) || { tail -n 40 "$log"; exit 1; }
    used=$((used + $(awk '{ print int($1 + $2) + 1 }' <<<"$spent")))
    executions=$((executions + $(awk '/stat::number_of_executed_units/ { print $2 }' "$log")))
  done
  coverage=$(grep -ao 'cov: [0-9]* ft: [0-9]*' "$log" | tail -n 1)
  printf '%s: %d executions in %d s of processor time, %s\n' "$target" "$executions" "$used" "$coverage"
done
