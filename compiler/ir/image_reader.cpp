#include "compiler/ir/image_reader.h"

#include <algorithm>

#include "compiler/ir/merge.h"

namespace eqlc::ir {
namespace {

Reading ReadingOf(const abi::ImageField& field, const Module& module) {
  Reading reading;
  if (field.null_value != abi::kNone) reading.null_value = module.literals()[field.null_value];
  if (field.date_formats != abi::kNone) reading.date_formats = module.literals()[field.date_formats].text;
  return reading;
}

}  // namespace

Result<Module> ReadImage(const Image& image) {
  const Error foreign{"an image that was not written of a module"};
  Module module;
  if (Status status = Merge(image, nullptr, module); !status) return status.error();
  module.timestamp_field = image.header().timestamp_field;
  module.tiebreaker_field = image.header().tiebreaker_field;
  module.index.signature.assign(image.signature().begin(), image.signature().end());
  if (module.literals().size() != image.literals().size()) return foreign;
  for (FieldId id = 0; id < image.fields().size(); ++id) {
    module.SetReading(id, ReadingOf(image.fields()[id], module));
  }
  if (!std::ranges::equal(WriteImage(module), image.bytes())) return foreign;
  return module;
}

}  // namespace eqlc::ir
