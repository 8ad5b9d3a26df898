// SealedFile: a file that ends with its own size and checksum (abi::SealTrailer), so that one that was cut off or
// damaged is known before anything in it is used. Tested by tests/unit/runtime/program/sealed_file_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "eqlc/result.hpp"
#include "runtime/abi/native_ruleset.h"
#include "runtime/program/file.h"

namespace eqlc {

class SealedFile {
 public:
  // An Error does not name the file, unless it cannot be read at all.
  static Result<SealedFile> Open(const std::string& path);
  // The same for a file that is in memory already.
  static Result<SealedFile> Check(MappedFile file);

  Bytes contents() const { return file_.bytes().first(trailer_.contents_size); }
  // What stands between contents and trailer; empty in most files.
  Bytes extra() const { return file_.bytes().subspan(trailer_.contents_size, trailer_.extra_size); }
  File TakeFile() { return file_.TakeFile(); }

 private:
  SealedFile(MappedFile file, const abi::SealTrailer& trailer) : file_(std::move(file)), trailer_(trailer) {}

  MappedFile file_;
  abi::SealTrailer trailer_;
};

// What ends a file of these contents.
abi::SealTrailer MakeSeal(Bytes contents, Bytes extra);
// Appends `extra` and the trailer to a file, on the disk.
Status SealFile(const std::string& path, Bytes extra);

}  // namespace eqlc
