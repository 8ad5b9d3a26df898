// Program: the public face of a linked image, and its way to and from files.
// Tested by tests/unit/runtime/program/program_test.cpp.
#include "runtime/program/program.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "eqlc/limits.hpp"
#include "runtime/program/file.h"
#include "runtime/program/native_library.h"
#include "runtime/program/native_ruleset.h"

namespace eqlc {
namespace {

// Reads what the header announces and one byte more, so that the verifier sees a file that is too long or too short as
// such, and a huge foreign file is not read at all.
Result<std::vector<std::byte>> ReadImage(const std::string& path) {
  File file(path, O_RDONLY);
  if (!file.ok()) return SystemError("cannot open", path);
  std::vector<std::byte> bytes(sizeof(abi::ImageHeader));
  const ssize_t head = ReadFully(file.fd(), bytes.data(), bytes.size());
  if (head < 0) return SystemError("cannot read", path);
  abi::ImageHeader header{};
  std::memcpy(&header, bytes.data(), static_cast<size_t>(head));
  const bool foreign = std::memcmp(header.magic, abi::kImageMagic, sizeof(header.magic)) != 0;
  if (static_cast<size_t>(head) < bytes.size() || foreign) {
    bytes.resize(static_cast<size_t>(head));
    return bytes;
  }
  if (header.size > limits::kMaxImageBytes) return Error{"'" + path + "' is too large for a program image"};
  bytes.resize(std::max<size_t>(header.size, sizeof(header)) + 1);
  const ssize_t tail = ReadFully(file.fd(), bytes.data() + head, bytes.size() - static_cast<size_t>(head));
  if (tail < 0) return SystemError("cannot read", path);
  bytes.resize(static_cast<size_t>(head + tail));
  return bytes;
}

}  // namespace

std::string_view NameOf(RuleKind kind) {
  switch (kind) {
    case RuleKind::kEvent:
      return "event";
    case RuleKind::kSequence:
      return "sequence";
    case RuleKind::kSample:
      return "sample";
    case RuleKind::kJoin:
      return "join";
  }
  return {};
}

Program::Program(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Program::~Program() = default;

Result<std::shared_ptr<const Program>> Program::Load(const std::string& path) {
  const auto with_path = [&](const Error& error) { return Error{"cannot load '" + path + "': " + error.message}; };
  auto bytes = ReadImage(path);
  if (!bytes) return bytes.error();
  if (IsObjectFile(*bytes)) {
    auto program = LoadNativeLibrary(path);
    if (!program) return with_path(program.error());
    return program;
  }
  auto image = Image::Parse(std::move(*bytes));
  if (!image) return with_path(image.error());
  auto program = LinkProgram(std::move(*image), nullptr);
  if (!program) return with_path(program.error());
  return program;
}

Result<std::shared_ptr<const Program>> Program::FromLinked(const NativeRuleset& ruleset) {
  auto program = LinkRuleset(ruleset, nullptr, Damage::kPossible);
  if (!program) return Error{"cannot use the ruleset that is linked in: " + program.error().message};
  return program;
}

Status Program::Save(const std::string& path) const { return ReplaceFile(path, {image()}); }

const std::vector<RuleInfo>& Program::rules() const { return impl_->rules; }
const std::vector<std::string_view>& Program::fields() const { return impl_->fields; }
bool Program::has_native_code() const { return impl_->native != nullptr; }
NativeProgress Program::native_progress() const {
  NativeProgress progress = impl_->native ? impl_->native->progress() : NativeProgress{};
  if (impl_->improver) progress.improved = impl_->improver->improved();
  return progress;
}
void Program::AwaitNativeCode() const {
  if (impl_->native) impl_->native->Await();
  if (impl_->improver) impl_->improver->Await();
}
std::span<const std::byte> Program::image() const { return impl_->image.bytes(); }

}  // namespace eqlc
