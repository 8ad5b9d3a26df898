// Tested by tests/unit/compiler/schema/schema_test.cpp.
#include "compiler/schema/schema.h"

#include <array>
#include <fstream>
#include <utility>

#include "eqlc/limits.hpp"

namespace eqlc {
namespace {

Result<std::string> ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{"cannot read '" + path + "'"};
  std::string text;
  std::array<char, 1 << 16> block;
  // One byte beyond the limit is enough to be refused.
  while (text.size() <= limits::kMaxSchemaBytes) {
    in.read(block.data(), block.size());
    text.append(block.data(), static_cast<size_t>(in.gcount()));
    if (in.bad()) return Error{"cannot read '" + path + "'"};
    if (!in) break;
  }
  return text;
}

}  // namespace

Schema::Schema(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Schema::~Schema() = default;

size_t Schema::field_count() const { return impl_->fields.size(); }

Result<std::shared_ptr<const Schema>> Schema::Load(const std::vector<std::string>& paths) {
  auto impl = std::make_unique<Impl>();
  for (const std::string& path : paths) {
    const Result<std::string> text = ReadFile(path);
    if (!text) return text.error();
    if (const Status read = impl->Read(*text); !read) return Error{path + ": " + read.error().message};
  }
  return std::make_shared<const Schema>(std::move(impl));
}

Result<std::shared_ptr<const Schema>> Schema::Parse(std::string_view json) {
  auto impl = std::make_unique<Impl>();
  if (const Status read = impl->Read(json); !read) return read.error();
  return std::make_shared<const Schema>(std::move(impl));
}

}  // namespace eqlc
