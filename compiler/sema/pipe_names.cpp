// Tested by tests/unit/compiler/sema/pipe_names_test.cpp.
#include "compiler/sema/pipe_names.h"

#include <algorithm>

namespace eqlc::sema {
namespace {

struct Pipe {
  std::string_view name;
  abi::PipeKind kind;
};

constexpr Pipe kPipes[] = {
    {"count", abi::PipeKind::kCount},
    {"filter", abi::PipeKind::kFilter},
    {"head", abi::PipeKind::kHead},
    {"sort", abi::PipeKind::kSort},
    {"tail", abi::PipeKind::kTail},
    {"unique", abi::PipeKind::kUnique},
    {"unique_count", abi::PipeKind::kUniqueCount},
};

}  // namespace

std::vector<std::string_view> PipeNames() {
  std::vector<std::string_view> names;
  for (const Pipe& pipe : kPipes) names.push_back(pipe.name);
  return names;
}

std::optional<abi::PipeKind> PipeNamed(std::string_view name) {
  const auto* pipe = std::ranges::find(kPipes, name, &Pipe::name);
  return pipe == std::end(kPipes) ? std::nullopt : std::optional(pipe->kind);
}

std::string_view NameOf(abi::PipeKind kind) {
  const auto* pipe = std::ranges::find(kPipes, kind, &Pipe::kind);
  return pipe == std::end(kPipes) ? std::string_view() : pipe->name;
}

}  // namespace eqlc::sema
