# Sourced by the other scripts: installs the Debian packages that eqlc needs and this machine lacks.

# What the build needs.
build_packages="g++ cmake ninja-build pkg-config
  llvm-19-dev liblld-19-dev antlr4 libantlr4-runtime-dev libfmt-dev libtomlplusplus-dev libsimdjson-dev nlohmann-json3-dev
  libcli11-dev libzstd-dev zlib1g-dev libgtest-dev libgmock-dev"
# What the full check (.ci/run) needs besides.
check_packages="clang-19 libclang-rt-19-dev libfuzzer-19-dev clang-format-19 git"

# What the benchmarks (EQLC_BENCH) need besides.
bench_packages="libbenchmark-dev"

# install_packages NAME...
install_packages() {
  local missing=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
  done
  if [ -z "$missing" ]; then
    echo "All Debian packages that are needed are installed."
    return
  fi
  echo "These Debian packages will be installed:$missing"
  local as_root=""
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "error: run this as root, or install sudo" >&2; return 1; }
    as_root=sudo
  fi
  $as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
}
