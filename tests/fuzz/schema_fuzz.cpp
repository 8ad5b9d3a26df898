// Any bytes as a schema: no crash, and whatever is read can be asked for, compiled against and run.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "compiler/schema/field_catalog.h"
#include "eqlc/compile.hpp"
#include "runtime/value/date.h"

namespace {

void Require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto schema = eqlc::Schema::Parse({reinterpret_cast<const char*>(data), size});
  if (!schema) {
    Require(!schema.error().message.empty(), "a failure is explained");
    return 0;
  }
  eqlc::FieldCatalog fields(schema->get(), true);
  for (const auto& [path, field] : (*schema)->impl().fields) {
    const eqlc::KnownField& known = fields.Find(path);
    Require(known.known && known.declared, "a field of the schema is known");
    Require(eqlc::AreDateFormats(known.date_formats), "date formats are readable");
  }
  const eqlc::CompileResult result =
      eqlc::Compile({{"q.eql", "any where a == \"1\" and b.c > 2 and ?d in (\"x\", 3)"}},
                    {.native_code = false, .schema = *schema, .strict_schema = size % 2 == 0});
  Require(result.program != nullptr, "there is always a program");
  return 0;
}
