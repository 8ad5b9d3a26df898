// The program image: a compiled ruleset as flat bytes, position-independent, little-endian. Written by
// compiler/ir/image_writer.cpp, verified and read by runtime/program/image.cpp, described in docs/runtime_abi.md.
//
//   +--------------+ 0
//   | ImageHeader  |  magic, version, checksum, one {offset, count} per section
//   +--------------+
//   | sections ... |  arrays of the structs below, each 8-byte aligned, in the order of EQLC_IMAGE_SECTIONS
//   +--------------+ header.size
//
// Every index in an image points into a section and is verified at load; strings are {offset, size} into `bytes`.
#pragma once

#include <cstdint>

#include "runtime/abi/expr.h"
#include "runtime/abi/field.h"
#include "runtime/abi/value.h"

namespace eqlc::abi {

inline constexpr char kImageMagic[8] = {'E', 'Q', 'L', 'C', 'I', 'M', 'G', '\n'};
inline constexpr uint32_t kImageVersion = 7;  // changes with every change of this file, expr.h or the function table

struct ImageString {
  uint32_t offset;
  uint32_t size;
};

// A literal: `value.payload` of a string is its offset in `bytes`, not a pointer.
struct ImageLiteral {
  uint64_t payload;
  uint32_t size;
  ValueKind kind;
  uint8_t unused[3];
};

// `null_value` and `date_formats` say how the text of an event becomes values of the field, where that is not plain
// JSON. Both are kNone for most fields.
struct ImageField {
  ImageString path;                // dotted; of a kMember its source's; of a kComputed a name; empty for kLineage
  LiteralId null_value = kNone;    // what an explicit null counts as
  LiteralId date_formats = kNone;  // runtime/value/date.h: texts in one of them become milliseconds since the epoch
  FieldRole role = FieldRole::kValue;
  uint32_t source = kNone;  // kMember: the field that it is a part of. kLineage: index into lineages
  uint32_t scope = kNone;   // kMember: ScopeId. kAlias: the stage whose event it reads. kRow: the event of the row
};

// The variable of an array search: ranges over what `array`, a kElements field or a kMember of one, holds.
struct ImageScope {
  FieldId array;
  uint32_t depth = 0;  // how many searches stand around it
};

// When `condition` holds for an event, `field` gets the value of `expr` before the rules see the event: a join key that
// is no plain field.
struct ImageComputed {
  ConditionId condition;
  FieldId field;  // kComputed
  ExprId expr;    // no condition
  uint32_t fold;  // 1: strings in lower case
};

// How a process is told from others, and what its events say of it.
struct ImageProcessModel {
  FieldId process;            // identity of the event's process
  FieldId parent;             // ... of its parent
  FieldId ancestry;           // ... of all its ancestors; kNone: not known
  ConditionId link;           // events that pass a relation on from parent to child; kNone: every event
  ConditionId end;            // events that end the process: its identity may be used again; kNone: never
  ConditionId reset = kNone;  // events that begin the system anew, so that no process lives on; kNone: never
  ConditionId step = kNone;   // events behind which processes are forgotten that ended before; kNone: link or end

  bool operator==(const ImageProcessModel&) const = default;
};

enum class LineageKind : uint32_t { kChild, kDescendant, kEvent };

// `descendant of [source]`: `field` is true for events whose process stands in the relation to one that `source` held
// for. A lineage comes behind those that its source reads.
struct ImageLineage {
  LineageKind kind;
  uint32_t model;  // index into process_models
  ConditionId source;
  FieldId field;
};

// Functions by name, so that an image does not depend on the numbering of the function table.
struct ImageFunction {
  ImageString name;
};

struct ImageCondition {
  ExprId root;
};

// The rule index: what must hold of an event before a condition is worth evaluating. A condition can hold only if every
// clause of its requirement has a test that some value of the test's field passes. Tests overlook ASCII case.
enum class TestKind : uint8_t {
  kPresent,   // any value passes
  kEqual,     // equal to the literal, with the conversions of `==`
  kPrefix,    // a text that begins with the literal, behind `skip` code points
  kSuffix,    // a text that ends with the literal
  kContains,  // a text with the literal anywhere
};

struct ImageTest {
  FieldId field;
  LiteralId literal;  // kNone for kPresent; a text that is not empty for the last three
  TestKind kind;
  uint8_t skip;  // 0 or 1; kPrefix only
  uint8_t unused[2];
};

struct ImageClause {
  uint32_t first_test;
  uint32_t test_count;  // at least one
};

struct ImageRequirement {
  uint32_t first_clause;
  uint32_t clause_count;  // 0: always worth evaluating
};

// A field whose values pick the partition of the index.
struct ImageSignatureField {
  FieldId field;
};

struct ImageRule {
  ImageString id;
  ImageString name;
  ImageString severity;
  ImageString query;
  ImageString parameters;  // JSON object
  uint32_t risk_score;
  uint8_t kind;         // eqlc::RuleKind
  uint8_t until_first;  // 1: `until` acts before the items, not behind them
  uint8_t unused[2];
  uint32_t first_item;  // event rules have one item
  uint32_t item_count;  // without `until`; `runs` is expanded by the runtime, not here
  uint32_t until_item;  // kNone: none
  uint32_t key_count;   // keys of each item; 0: one global key
  int64_t maxspan_ns;   // -1: no bound; of a sample: its window
  uint32_t first_pipe;
  uint32_t pipe_count;
};

struct ImageItem {
  ConditionId condition;
  uint32_t first_key;  // index into keys; ImageRule::key_count of them
  uint16_t runs;       // 1..kMaxRuns
  uint8_t missing;     // 1: `![ ]`
  uint8_t fork;        // 1: takes a copy of the partial and leaves the partial where it is
  // What the condition leaves open because it takes the events before this one; kNone: nothing. Evaluated for each
  // partial sequence that the event may go on.
  ConditionId residual = kNone;
};

// The type by which a join key is compared: what is written differently and means the same is one key. Values that are
// none of the type stay as they are.
enum class KeyType : uint8_t {
  kAsIs,        // by JSON type and value
  kText,        // 5 is "5"
  kNumber,      // "5" is 5
  kBool,        // "true" is true
  kIp,          // ::ffff:10.0.0.1 is 10.0.0.1
  kDateMillis,  // 2026-01-01 is 2026-01-01T00:00:00.000Z
  kDateNanos,
  kEpochMillis,  // as kDateMillis, shown as a number
};
inline constexpr uint8_t kKeyTypeCount = 8;

struct ImageKey {
  FieldId field;
  uint8_t optional;  // 1: `?field`, missing counts as null and null equals null
  KeyType type = KeyType::kAsIs;
  uint8_t unused[2] = {};
  FieldId fallback = kNone;  // takes the place of `field` where that has no value
};

enum class PipeKind : uint32_t { kHead, kTail, kFilter, kUnique, kSort, kCount, kUniqueCount };

struct ImagePipe {
  PipeKind kind;
  uint32_t fold;       // 1: keys are compared without ASCII case
  uint32_t first_arg;  // into args: the value expressions of a pipe that takes some
  uint32_t arg_count;
  uint64_t count;  // of kHead and kTail
};

// Columns: name, element type.
// `requirements` has one element per condition, or none at all in an image without index.
#define EQLC_IMAGE_SECTIONS(X)         \
  X(fields, ImageField)                \
  X(scopes, ImageScope)                \
  X(functions, ImageFunction)          \
  X(literals, ImageLiteral)            \
  X(args, ExprId)                      \
  X(exprs, ExprNode)                   \
  X(conditions, ImageCondition)        \
  X(requirements, ImageRequirement)    \
  X(clauses, ImageClause)              \
  X(tests, ImageTest)                  \
  X(signature, ImageSignatureField)    \
  X(rules, ImageRule)                  \
  X(items, ImageItem)                  \
  X(computed, ImageComputed)           \
  X(keys, ImageKey)                    \
  X(pipes, ImagePipe)                  \
  X(process_models, ImageProcessModel) \
  X(lineages, ImageLineage)            \
  X(bytes, char)

struct ImageSection {
  uint64_t offset;  // from the start of the image
  uint64_t count;   // elements
};

struct ImageHeader {
  char magic[8];
  uint32_t version;
  uint32_t header_size;
  uint64_t size;      // of the whole image
  uint64_t checksum;  // runtime/value/checksum.h, of everything behind the header
  uint32_t leaf_count;
  FieldId timestamp_field;
  FieldId tiebreaker_field;  // kNone: none
  uint32_t unused;
#define X(name, type) ImageSection name;
  EQLC_IMAGE_SECTIONS(X)
#undef X
};

}  // namespace eqlc::abi
