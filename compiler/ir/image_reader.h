// ReadImage: a program image as the module that it was written of. Tested by
// tests/unit/compiler/ir/image_reader_test.cpp.
#pragma once

#include "compiler/ir/ir.h"
#include "eqlc/result.hpp"
#include "runtime/program/image.h"

namespace eqlc::ir {

// All numbers are those of the image, so code that is made of the module fits programs of the image. Long texts stay
// in the image's bytes, which must outlive the module. An Error means that WriteImage did not write it so.
Result<Module> ReadImage(const Image& image);

}  // namespace eqlc::ir
