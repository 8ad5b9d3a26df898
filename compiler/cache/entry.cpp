#include "compiler/cache/entry.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "compiler/cache/folder.h"
#include "compiler/cache/key.h"
#include "compiler/cache/stored_result.h"
#include "eqlc/limits.hpp"
#include "runtime/program/file.h"
#include "runtime/program/native_library.h"
#include "runtime/program/program.h"
#include "runtime/program/sealed_file.h"

namespace eqlc::cache {
namespace {

Result<std::shared_ptr<const Program>> LoadArtefact(SealedFile file) {
  const Bytes contents = file.contents();
  if (IsObjectFile(contents)) return LoadNativeLibrary(std::move(file));
  Result<Image> image = Image::Parse({contents.begin(), contents.end()}, Damage::kRuledOut);
  if (!image) return image.error();
  return LinkProgram(std::move(*image), nullptr);
}

// Entries that were not used for long go first.
void MarkUsed(const std::string& path) { ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

}  // namespace

Result<Entry> Entry::Open(const std::string& folder, const RuleInputs& inputs, const CompileOptions& options) {
  Result<std::string> key = KeyOf(inputs, options);
  if (!key) return key.error();
  if (Status status = MakeFolder(folder); !status) return status.error();
  return Entry(folder, folder + "/" + *key + std::string(kEntrySuffix));
}

std::optional<CompileResult> Entry::Find() const {
  if (::access(path_.c_str(), F_OK) != 0) return std::nullopt;
  Result<SealedFile> file = SealedFile::Open(path_);
  std::optional<CompileResult> result;
  if (file) result = ReadResult(file->extra());
  if (result) {
    auto program = LoadArtefact(std::move(*file));
    if (program) {
      result->program = std::move(*program);
      MarkUsed(path_);
      return result;
    }
  }
  ::unlink(path_.c_str());
  return std::nullopt;
}

Result<std::shared_ptr<const Program>> Entry::StoreObjects(std::span<const ObjectBytes> objects,
                                                           const CompileResult& result) const {
  const std::string temporary = TemporaryBeside(path_);
  if (Status status = LinkRuleset(objects, NativeFile::Format::kSharedObject, temporary); !status) {
    return status.error();
  }
  if (Status status = SealFile(temporary, StoreResult(result)); !status) {
    ::unlink(temporary.c_str());
    return status.error();
  }
  if (Status status = MoveIntoPlace(temporary, path_); !status) return status.error();
  return LoadStored();
}

Result<std::shared_ptr<const Program>> Entry::StoreImage(std::span<const std::byte> image,
                                                         const CompileResult& result) const {
  const std::vector<std::byte> extra = StoreResult(result);
  const abi::SealTrailer trailer = MakeSeal(image, extra);
  if (Status status = ReplaceFile(path_, {image, extra, std::as_bytes(std::span(&trailer, 1))}); !status) {
    return status.error();
  }
  return LoadStored();
}

Result<std::shared_ptr<const Program>> Entry::LoadStored() const {
  std::optional<CompileResult> stored = Find();
  KeepWithin(folder_, limits::kMaxCacheBytes);
  if (!stored) return Error{"what was written to '" + path_ + "' cannot be read back"};
  return stored->program;
}

}  // namespace eqlc::cache
