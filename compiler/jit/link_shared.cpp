// LinkSharedObject: LLVM's linker as a library, so that none has to be installed.
#include <fcntl.h>
#include <lld/Common/Driver.h>
#include <llvm/Support/CrashRecoveryContext.h>
#include <llvm/Support/raw_ostream.h>
#include <signal.h>
#include <unistd.h>

#include <memory>
#include <mutex>

#include "compiler/jit/functions.h"
#include "runtime/program/file.h"

LLD_HAS_DRIVER(elf)

namespace eqlc::jit {
namespace {

// An input of the linker, which takes files alone.
class InputFile {
 public:
  explicit InputFile(std::string path) : path_(std::move(path)) {}
  ~InputFile() { ::unlink(path_.c_str()); }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  Status Write(std::span<const std::byte> bytes) { return ReplaceFile(path_, {bytes}); }
  const char* c_str() const { return path_.c_str(); }

 private:
  std::string path_;
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

}  // namespace

Status LinkSharedObject(std::span<const std::byte> object, const std::string& path) {
  static std::mutex mutex;  // the linker's state is the process's
  const std::lock_guard lock(mutex);
  InputFile input(path + ".o");
  if (Status status = input.Write(object); !status) return status;
  const char* arguments[] = {"ld.lld",      "-shared",         "--no-undefined", "-z", "now",        "--hash-style=gnu",
                             "--strip-all", "--build-id=none", "--threads=1",    "-o", path.c_str(), input.c_str()};
  std::string messages;
  llvm::raw_string_ostream stream(messages);
  const SignalStack signal_stack;
  const CrashRecovery recovery;
  const lld::Result result = lld::lldMain(arguments, llvm::nulls(), stream, {{lld::Gnu, &lld::elf::link}});
  if (result.retCode == 0) return {};
  ::unlink(path.c_str());
  while (!messages.empty() && messages.back() == '\n') messages.pop_back();
  return Error{"cannot link '" + path + "': " + messages};
}

}  // namespace eqlc::jit
