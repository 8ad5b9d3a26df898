#!/usr/bin/env bash
# Sets eqlc up on a Debian 12 machine and runs the bundled rules over the bundled sample events.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

install_packages $build_packages
cmake --preset release -DEQLC_TESTS=OFF
cmake --build --preset release
exec build/release/cli/eqlc run -r rules --format table rules/sample-events.ndjson
