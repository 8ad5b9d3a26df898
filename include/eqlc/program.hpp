/// \file
/// Program: a compiled ruleset. Built by Compile (compile.hpp) or read back with Load; run by Session (session.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/result.hpp"

namespace eqlc {

namespace abi {
struct NativeRuleset;
}
/// A ruleset that was compiled to an object (`eqlc compile -o rules.o`) and linked into this program, which declares
/// it: `extern "C" const eqlc::NativeRuleset eqlc_ruleset;`
using NativeRuleset = abi::NativeRuleset;

enum class RuleKind : uint8_t { kEvent, kSequence, kSample, kJoin };

/// `event`, `sequence`, `sample` or `join`.
std::string_view NameOf(RuleKind kind);

/// What a program knows of one rule. The views live as long as the Program.
struct RuleInfo {
  std::string_view id;  ///< `rule_id`, or a name derived from the file for rules without one.
  std::string_view name;
  std::string_view severity;  ///< low, medium, high, critical.
  uint32_t risk_score = 0;    ///< 0..100.
  RuleKind kind = RuleKind::kEvent;
  std::string_view query;
  std::string_view parameters;  ///< The whole rule as one JSON object, every key of the rule file kept.
};

/// Which engine evaluates conditions and sequence logic.
enum class Engine : uint8_t {
  kNative,       ///< Generated machine code where the program has it, else the interpreter.
  kInterpreter,  ///< The interpreter of runtime/interp; the reference.
};

/// How far machine code is that is made in the background (CompileOptions::background_code).
struct NativeProgress {
  uint32_t ready = 0;     ///< Parts that are machine code by now.
  uint32_t parts = 0;     ///< Of which the program's code consists; 0 until the making began.
  std::string error;      ///< Why the rest stays with the interpreter; empty: nothing went wrong.
  uint32_t improved = 0;  ///< Conditions that have code of OptLevel::kO2 by now, since they are evaluated most.
};

/// An immutable compiled ruleset: a program image and, when it was compiled in this process or loaded as native
/// object, machine code for it.
/// Thread-safety: its answers never change, machine code may come to it while sessions run; any number of sessions in
/// any number of threads may share one.
class Program {
 public:
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Reads a ruleset written by Save, or loads a shared object written by `eqlc compile -o rules.so` (CompileToFile
  /// in compile.hpp). A damaged or foreign file, one of another version of eqlc and one for another processor give an
  /// Error. A shared object is code: load it only from where you would run programs from. It must not be changed, but
  /// may be replaced or removed, while the Program lives.
  static Result<std::shared_ptr<const Program>> Load(const std::string& path);

  /// Uses a ruleset that is linked into the process.
  static Result<std::shared_ptr<const Program>> FromLinked(const NativeRuleset& ruleset);

  /// Writes the image, without machine code, beside `path`, then renames it into place, so that a reader never sees
  /// half a file.
  Status Save(const std::string& path) const;

  const std::vector<RuleInfo>& rules() const;
  /// Dotted paths of all fields that any rule reads.
  const std::vector<std::string_view>& fields() const;
  /// True also while it is being made.
  bool has_native_code() const;
  NativeProgress native_progress() const;
  /// Returns when no more machine code comes by itself: all is ready, or failed. Sessions that evaluate a condition
  /// very often have better code made for it.
  void AwaitNativeCode() const;
  /// The bytes that Save writes.
  std::span<const std::byte> image() const;

  /// For the library's own use (runtime/program/program.h).
  struct Impl;
  explicit Program(std::unique_ptr<Impl> impl);
  const Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace eqlc
