// Any bytes as a program image: the verifier must refuse them, or what it accepts must link or be refused, be probed
// and evaluate on an empty frame and on one with a value in every field, and be read back as a module or be refused.
// Size, magic, version and checksum are set right, else nothing would get past them.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "compiler/ir/image_reader.h"
#include "runtime/event/frame_buffer.h"
#include "runtime/interp/interp.h"
#include "runtime/match/partition_store.h"
#include "runtime/match/rule_index.h"
#include "tests/unit/runtime/program/image_builder.h"

namespace {

std::vector<std::byte> MendHeader(const uint8_t* data, size_t size) {
  std::vector<std::byte> bytes(size);
  std::memcpy(bytes.data(), data, size);
  auto& header = *reinterpret_cast<eqlc::abi::ImageHeader*>(bytes.data());
  std::memcpy(header.magic, eqlc::abi::kImageMagic, sizeof(header.magic));
  header.version = eqlc::abi::kImageVersion;
  header.header_size = sizeof(header);
  header.size = size;
  eqlc::testing::ImageBuilder::Seal(bytes);
  return bytes;
}

void Evaluate(const eqlc::Program& program, eqlc::FrameBuffer& frame) {
  const eqlc::Image& image = program.impl().image;
  eqlc::PartitionStore::Of(program.impl());
  if (!image.requirements().empty()) eqlc::RuleIndex(program.impl()).Candidates(frame.frame());
  for (uint32_t i = 0; i < image.conditions().size(); ++i) {
    eqlc::EvalCondition(program.impl(), frame.frame(), i);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < sizeof(eqlc::abi::ImageHeader)) return 0;
  auto image = eqlc::Image::Parse(MendHeader(data, size));
  if (!image) return 0;
  const auto program = eqlc::LinkProgram(std::move(*image), nullptr);
  if (!program) return 0;
  const eqlc::Program::Impl& impl = (*program)->impl();
  eqlc::FrameBuffer frame(impl.roles.size(), impl.image.header().leaf_count,
                          eqlc::ElementLayout(impl.image.fields(), impl.image.scopes()));
  Evaluate(**program, frame);
  frame.Clear();
  for (uint32_t field = 0; field < impl.roles.size(); ++field) {
    if (impl.roles[field] == eqlc::abi::FieldRole::kElements) {
      frame.elements().Begin(field);
      frame.elements().Begin(field);
    } else if (impl.roles[field] == eqlc::abi::FieldRole::kValue) {
      frame.Append(field, field % 2 == 0 ? eqlc::abi::Int(field) : eqlc::abi::String("text"));
    }
  }
  Evaluate(**program, frame);
  if (const auto module = eqlc::ir::ReadImage(impl.image)) {
    if (!eqlc::ir::Verify(*module).empty()) std::abort();
  }
  return 0;
}
