#include "runtime/program/sealed_file.h"

#include <fcntl.h>

#include <array>
#include <cstring>

#include "eqlc/limits.hpp"
#include "runtime/value/checksum.h"

namespace eqlc {
namespace {

uint64_t ChecksumOf(Bytes contents, Bytes extra) {
  const std::array<uint64_t, 4> parts = {contents.size(), extra.size(), Checksum(contents), Checksum(extra)};
  return Checksum(std::as_bytes(std::span(parts)));
}

}  // namespace

abi::SealTrailer MakeSeal(Bytes contents, Bytes extra) {
  abi::SealTrailer trailer{.contents_size = contents.size(),
                           .extra_size = extra.size(),
                           .checksum = ChecksumOf(contents, extra),
                           .magic = {}};
  std::memcpy(trailer.magic, abi::kSealMagic, sizeof trailer.magic);
  return trailer;
}

Result<SealedFile> SealedFile::Check(MappedFile file) {
  const Bytes bytes = file.bytes();
  abi::SealTrailer trailer{};
  if (bytes.size() >= sizeof trailer) std::memcpy(&trailer, bytes.last(sizeof trailer).data(), sizeof trailer);
  if (std::memcmp(trailer.magic, abi::kSealMagic, sizeof trailer.magic) != 0) {
    return Error{"it does not end as a file that eqlc wrote: it is none, or it is cut off"};
  }
  const size_t size = bytes.size() - sizeof trailer;
  if (trailer.contents_size > size || trailer.extra_size != size - trailer.contents_size) {
    return Error{"damaged: its size is wrong"};
  }
  SealedFile sealed(std::move(file), trailer);
  if (ChecksumOf(sealed.contents(), sealed.extra()) != trailer.checksum) return Error{"damaged: wrong checksum"};
  return sealed;
}

Result<SealedFile> SealedFile::Open(const std::string& path) {
  Result<MappedFile> file = MappedFile::Open(path, limits::kMaxRulesetFileBytes);
  if (!file) return file.error();
  return Check(std::move(*file));
}

Status SealFile(const std::string& path, Bytes extra) {
  const Result<MappedFile> contents = MappedFile::Open(path, limits::kMaxRulesetFileBytes);
  if (!contents) return contents.error();
  const abi::SealTrailer trailer = MakeSeal(contents->bytes(), extra);
  File file(path, O_WRONLY | O_APPEND);
  if (!file.ok()) return SystemError("cannot open", path);
  if (!WriteDurably(file, {extra, std::as_bytes(std::span(&trailer, 1))})) return SystemError("cannot write", path);
  return {};
}

}  // namespace eqlc
