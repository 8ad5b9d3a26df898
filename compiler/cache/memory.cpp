#include "compiler/cache/memory.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "compiler/cache/folder.h"
#include "compiler/cache/format.h"
#include "compiler/cache/key.h"
#include "compiler/support/heap.h"
#include "eqlc/limits.hpp"
#include "runtime/program/file.h"
#include "runtime/program/image.h"
#include "runtime/program/sealed_file.h"
#include "runtime/value/sha256.h"

namespace eqlc::cache {
namespace {

constexpr size_t kImageAlignment = 8;

struct StampedFile {
  std::string name;
  FileStamp stamp;
  std::string digest;
};

template <typename Stamped, typename Visitor>
  requires requires(Stamped& file) { file.stamp; }
void Each(Stamped& file, Visitor& visit) {
  visit(file.name);
  visit(file.stamp.device);
  visit(file.stamp.inode);
  visit(file.stamp.size);
  visit(file.stamp.modified_ns);
  visit(file.stamp.changed_ns);
  visit(file.digest);
}

// A rule, with its image as a part of the file's contents.
struct KeptRule {
  ir::LoweredRule rule;
  uint64_t image_offset = 0;
  uint64_t image_size = 0;
};

struct KeptFile {
  std::string name;
  std::string digest;
  ir::LoweredFile file;  // without rules
  std::vector<KeptRule> rules;
};

template <typename Kept, typename Visitor>
  requires requires(Kept& kept) { kept.image_offset; }
void Each(Kept& kept, Visitor& visit) {
  visit(kept.rule.id);
  EachOfRange(kept.rule.id_range, visit);
  auto dialect = static_cast<uint8_t>(kept.rule.dialect);
  visit(dialect);
  if constexpr (!std::is_const_v<Kept>) {
    constexpr auto kLast = static_cast<uint8_t>(Dialect::kPython);
    kept.rule.dialect = static_cast<Dialect>(std::min(dialect, kLast));
  }
  visit(kept.rule.query);
  visit(kept.rule.diagnostics);
  visit(kept.rule.has_warnings);
  visit(kept.image_offset);
  visit(kept.image_size);
}

template <typename Kept, typename Visitor>
  requires requires(Kept& kept) { kept.rules, kept.file; }
void Each(Kept& kept, Visitor& visit) {
  visit(kept.name);
  visit(kept.digest);
  visit(kept.file.other_rules);
  visit(kept.file.failed_rules);
  visit(kept.file.diagnostics);
  visit(kept.rules);
}

template <typename T>
std::optional<std::vector<T>> ReadList(Bytes bytes) {
  Reader reader(bytes);
  std::vector<T> list;
  reader(list);
  if (!reader.ReadAll()) return std::nullopt;
  return list;
}

// Gives the rules their images. False where one would lie outside or is none.
bool TakeImages(KeptFile& kept, const std::shared_ptr<const SealedFile>& sealed) {
  const Bytes contents = sealed->contents();
  for (KeptRule& rule : kept.rules) {
    if (rule.image_offset % kImageAlignment != 0 || rule.image_offset > contents.size() ||
        rule.image_size > contents.size() - rule.image_offset) {
      return false;
    }
    rule.rule.image = contents.subspan(rule.image_offset, rule.image_size);
    rule.rule.image_owner = sealed;
    if (!rule.rule.image.empty() && !Image::ParseInPlace(rule.rule.image, Damage::kRuledOut)) return false;
    kept.file.rules.push_back(std::move(rule.rule));
  }
  return true;
}

// Those of one ruleset, by name.
using KeptFiles = std::unordered_map<std::string, KeptFile>;

KeptFiles ReadFiles(const std::string& path) {
  Result<SealedFile> opened = SealedFile::Open(path);
  if (!opened) return {};
  const auto sealed = std::make_shared<const SealedFile>(std::move(*opened));
  std::optional<std::vector<KeptFile>> list = ReadList<KeptFile>(sealed->extra());
  if (!list) return {};
  KeptFiles files;
  for (KeptFile& kept : *list) {
    if (TakeImages(kept, sealed)) files.emplace(kept.name, std::move(kept));
  }
  return files;
}

// What is used last goes last.
void MarkUsed(const std::string& path) { ::utimensat(AT_FDCWD, path.c_str(), nullptr, 0); }

Status Replace(const std::string& path, Bytes contents, Bytes extra) {
  const abi::SealTrailer trailer = MakeSeal(contents, extra);
  return ReplaceFile(path, {contents, extra, std::as_bytes(std::span(&trailer, 1))});
}

size_t Aligned(size_t size) { return (size + kImageAlignment - 1) / kImageAlignment * kImageAlignment; }

// Of all images for KeepFiles. They are many megabytes: a buffer that grew would be copied again and again.
size_t SizeOfImages(std::span<const ir::LoweredFile> files) {
  size_t size = 0;
  for (const ir::LoweredFile& file : files) {
    for (const ir::LoweredRule& rule : file.rules) size += Aligned(rule.image.size());
  }
  return size;
}

// A rule for KeepFiles; its image is appended to `contents`.
KeptRule ToKept(const ir::LoweredRule& rule, std::vector<std::byte>& contents) {
  KeptRule kept{.rule = rule, .image_offset = contents.size(), .image_size = rule.image.size()};
  contents.insert(contents.end(), rule.image.begin(), rule.image.end());
  contents.resize(Aligned(contents.size()));
  return kept;
}

}  // namespace

Memory::Memory(std::string folder, const std::string& key)
    : folder_(std::move(folder)),
      stamps_path_(folder_ + "/" + key + "-stamps" + std::string(kEntrySuffix)),
      files_path_(folder_ + "/" + key + "-files" + std::string(kEntrySuffix)),
      begun_path_(folder_ + "/" + key + "-begun" + std::string(kEntrySuffix)) {}

Result<Memory> Memory::Open(const std::string& folder, const RuleInputs& inputs, const CompileOptions& options) {
  Result<std::string> key = MemoryKeyOf(inputs, options);
  if (!key) return key.error();
  if (Status status = MakeFolder(folder); !status) return status.error();
  return Memory(folder, *key);
}

void Memory::Identify(RuleInputs& inputs) {
  std::unordered_map<std::string, StampedFile> known;
  if (const Result<SealedFile> file = SealedFile::Open(stamps_path_)) {
    std::optional<std::vector<StampedFile>> list = ReadList<StampedFile>(file->extra());
    for (StampedFile& stamped : list.value_or(std::vector<StampedFile>())) {
      std::string name = stamped.name;
      known.emplace(std::move(name), std::move(stamped));
    }
  }
  MarkUsed(stamps_path_);
  MarkUsed(files_path_);
  for (RuleInput& input : inputs.files) {
    const auto found = known.find(input.text.name);
    if (!input.is_read && found != known.end() && found->second.stamp == input.stamp) {
      input.digest = found->second.digest;
      continue;
    }
    if (!input.is_read) ReadRuleInput(input);
    if (input.digest.empty()) input.digest = DigestOf(input);
    stamps_changed_ |= input.stamp && IsSettled(*input.stamp, inputs.found_ns);
  }
}

std::vector<std::optional<ir::LoweredFile>> Memory::Recall(const RuleInputs& inputs) const {
  std::vector<std::optional<ir::LoweredFile>> files(inputs.files.size());
  KeptFiles kept = ReadFiles(files_path_);
  for (size_t i = 0; i < files.size(); ++i) {
    const auto found = kept.find(inputs.files[i].text.name);
    if (found == kept.end() || found->second.digest != inputs.files[i].digest) continue;
    files[i] = std::move(found->second.file);
    kept.erase(found);  // the same name twice is none of ours; the second is lowered
  }
  return files;
}

Status Memory::KeepStamps(const RuleInputs& inputs) const {
  if (!stamps_changed_) return {};
  std::vector<StampedFile> list;
  for (const RuleInput& input : inputs.files) {
    if (input.failure || !input.stamp || !IsSettled(*input.stamp, inputs.found_ns)) continue;
    list.push_back({input.text.name, *input.stamp, input.digest});
  }
  Writer writer;
  writer(list);
  return Replace(stamps_path_, {}, writer.Take());
}

Status Memory::KeepFiles(const RuleInputs& inputs, std::span<const ir::LoweredFile> files) const {
  std::vector<KeptFile> list;
  std::vector<std::byte> contents;
  contents.reserve(SizeOfImages(files));
  PreferHugePages(contents.data(), contents.capacity());
  for (size_t i = 0; i < files.size(); ++i) {
    KeptFile& kept = list.emplace_back();
    kept.name = inputs.files[i].text.name;
    kept.digest = inputs.files[i].digest;
    kept.file.other_rules = files[i].other_rules;
    kept.file.failed_rules = files[i].failed_rules;
    kept.file.diagnostics = files[i].diagnostics;
    for (const ir::LoweredRule& rule : files[i].rules) kept.rules.push_back(ToKept(rule, contents));
  }
  Writer writer;
  writer(list);
  const Status status = Replace(files_path_, contents, writer.Take());
  KeepWithin(folder_, limits::kMaxCacheBytes);
  return status;
}

bool Memory::WasBegun(const std::string& entry) const {
  const Result<SealedFile> file = SealedFile::Open(begun_path_);
  return file && std::ranges::equal(file->extra(), std::as_bytes(std::span(entry)));
}

Status Memory::KeepBegun(const std::string& entry) const {
  return Replace(begun_path_, {}, std::as_bytes(std::span(entry)));
}

std::string DigestOf(const RuleInput& input) {
  if (!input.failure) return IdHash().Add("contents").Add(input.text.contents).Hex();
  return IdHash().Add("failure").Add(RenderJson(*input.failure)).Hex();
}

}  // namespace eqlc::cache
