#!/usr/bin/env bash
# Sets eqlc up on a Debian 12 machine, builds it and runs all its tests.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

install_packages $build_packages
cmake --preset release -DEQLC_TESTS=ON
cmake --build --preset release
exec ctest --preset release -j"$(nproc)"
