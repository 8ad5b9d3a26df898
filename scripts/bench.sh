#!/usr/bin/env bash
# Measures everything that eqlc has a goal for, prints the table, and writes it with its plot to bench/results.
#
#   scripts/bench.sh [NAME [OPTION...]]     OPTION: see build/release/bench/performance_table --help
#
# EQLC_CORPORA_DIR: folder with detection-rules, behaviour-rules and events; without it the rules of this repository
# meet generated events. EQLC_PYTHON: a Python with the PyPI package `eql`, for the comparison with python-eql:
#   python3 -m venv build/python-eql && build/python-eql/bin/pip install eql
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

install_packages $build_packages $bench_packages
if [ -z "${EQLC_PYTHON:-}" ] && [ -x build/python-eql/bin/python ]; then
  export EQLC_PYTHON=$PWD/build/python-eql/bin/python
fi
cmake --preset release -DEQLC_BENCH=ON
cmake --build --preset release --target eqlc performance_table
exec build/release/bench/performance_table --out bench/results --name "${1:-performance}" "${@:2}"
