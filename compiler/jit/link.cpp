// LinkRuleset: LLVM's linker as a library, so that none has to be installed.
// Tested by tests/unit/compiler/native_file_test.cpp.
#include <fcntl.h>
#include <lld/Common/Driver.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/CrashRecoveryContext.h>
#include <llvm/Support/MemoryBuffer.h>
#include <llvm/Support/raw_ostream.h>
#include <signal.h>
#include <unistd.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "compiler/jit/functions.h"
#include "compiler/jit/target.h"
#include "runtime/program/file.h"

LLD_HAS_DRIVER(elf)

namespace eqlc::jit {
namespace {

// The inputs of the linker, which takes files alone; gone with this object.
class InputFiles {
 public:
  explicit InputFiles(std::string prefix) : prefix_(std::move(prefix)) {}
  ~InputFiles() {
    for (const std::string& path : paths_) ::unlink(path.c_str());
  }
  InputFiles(const InputFiles&) = delete;
  InputFiles& operator=(const InputFiles&) = delete;

  Status Add(const ObjectBytes& object) {
    paths_.push_back(prefix_ + std::to_string(paths_.size()) + ".o");
    return ReplaceFile(paths_.back(), {object});
  }
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::string prefix_;
  std::vector<std::string> paths_;
};

// What the linker cannot report in words ends the process, but for the recovery context, which makes it a result.
class CrashRecovery {
 public:
  CrashRecovery() { llvm::CrashRecoveryContext::Enable(); }
  ~CrashRecovery() { llvm::CrashRecoveryContext::Disable(); }
};

// A stack for signal handlers, for as long as this lives. The recovery context would give the thread one that is never
// freed, nor taken back when the thread ends.
class SignalStack {
 public:
  SignalStack() : bytes_(std::make_unique<char[]>(kBytes)) {
    stack_t mine{};
    mine.ss_sp = bytes_.get();
    mine.ss_size = kBytes;
    ::sigaltstack(&mine, &before_);
  }
  ~SignalStack() { ::sigaltstack(&before_, nullptr); }
  SignalStack(const SignalStack&) = delete;
  SignalStack& operator=(const SignalStack&) = delete;

 private:
  // LLVM is content with 64 KB and the least that the system asks for.
  static constexpr size_t kBytes = size_t{256} << 10;

  std::unique_ptr<char[]> bytes_;
  stack_t before_{};
};

std::vector<const char*> Arguments(NativeFile::Format format) {
  if (format == NativeFile::Format::kObject) return {"ld.lld", "-r"};
  return {"ld.lld", "-shared", "--no-undefined", "-z", "now", "--hash-style=gnu", "--strip-all", "--build-id=none"};
}

Status RunLinker(const std::vector<const char*>& arguments) {
  std::string messages;
  llvm::raw_string_ostream stream(messages);
  const SignalStack signal_stack;
  const CrashRecovery recovery;
  const lld::Result result = lld::lldMain(arguments, llvm::nulls(), stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0) return {};
  while (!messages.empty() && messages.back() == '\n') messages.pop_back();
  return Error{"cannot link the rules' code: " + messages};
}

// The code generator may call functions that the IR does not name. Nobody would define them; in a shared object the
// linker itself finds that.
Status CheckRefersToNothing(const std::string& path) {
  auto bytes = llvm::MemoryBuffer::getFile(path);
  if (!bytes) return Error{"cannot read linked code: " + bytes.getError().message()};
  auto file = llvm::object::ObjectFile::createObjectFile((*bytes)->getMemBufferRef());
  if (!file) return ToError("cannot read linked code", file.takeError());
  for (const llvm::object::SymbolRef& symbol : (*file)->symbols()) {
    auto flags = symbol.getFlags();
    if (!flags) return ToError("cannot read linked code", flags.takeError());
    if ((*flags & llvm::object::SymbolRef::SF_Undefined) == 0) continue;
    auto name = symbol.getName();
    if (!name) return ToError("cannot read linked code", name.takeError());
    if (!name->empty()) return Error{"generated code needs " + name->str() + ", which rulesets must not"};
  }
  return {};
}

Status LinkFiles(const InputFiles& inputs, NativeFile::Format format, const std::string& path) {
  std::vector<const char*> arguments = Arguments(format);
  arguments.insert(arguments.end(), {"--threads=1", "-o", path.c_str()});
  for (const std::string& input : inputs.paths()) arguments.push_back(input.c_str());
  if (Status status = RunLinker(arguments); !status) return status;
  return format == NativeFile::Format::kObject ? CheckRefersToNothing(path) : Status();
}

}  // namespace

Status LinkRuleset(std::span<const ObjectBytes> objects, NativeFile::Format format, const std::string& path) {
  static std::mutex mutex;  // the linker's state is the process's
  const std::lock_guard lock(mutex);
  InputFiles inputs(path + ".");
  for (const ObjectBytes& object : objects) {
    if (Status status = inputs.Add(object); !status) return status;
  }
  const Status status = LinkFiles(inputs, format, path);
  if (!status) ::unlink(path.c_str());
  return status;
}

}  // namespace eqlc::jit
