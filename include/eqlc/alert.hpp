/// \file
/// Alert: one match of one rule, and the sinks that take alerts.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/program.hpp"
#include "eqlc/result.hpp"

namespace eqlc {

/// A document as it is stored in an alerts index: ECS fields and `kibana.alert.*` (docs/semantics.md section 8).
struct AlertDocument {
  std::string id;    ///< Deterministic: the same rule and events give the same id in every run. 64 hex digits.
  std::string json;  ///< One line, no newline.
  bool building_block = false;
};

/// One match. All views are valid only during AlertSink::Write or AlertRenderer::Render.
struct Alert {
  const RuleInfo& rule;
  /// The matched events as they stood in the input, without white space around them and with U+FFFD for what is no
  /// UTF-8, in the order of the sequence's items. The place of a missing event (`![ ]`) is an empty view. One element
  /// for event rules.
  std::span<const std::string_view> events;
  /// The join key's values as JSON texts (`"a"`, `5`, `null`); empty without keys.
  std::span<const std::string> join_keys;
  /// Event time of the newest event, nanoseconds since the epoch; 0 if it has none.
  int64_t timestamp_ns = 0;
  /// What the sink's AlertRenderer made of it; empty if the sink has none.
  std::string_view text = {};

  /// The alert documents: one for an event rule, N building blocks and a shell for a sequence or sample.
  /// Allocates; call it once.
  std::vector<AlertDocument> Documents() const;
};

/// Makes the text of alerts, for a sink that wants one.
/// Thread-safety: a session calls it from all of its threads at once.
class AlertRenderer {
 public:
  virtual ~AlertRenderer() = default;
  /// Appends the text to `out`. Depends on the alert alone: alerts are not rendered in their order. Whatever it throws
  /// counts as an Error of AlertSink::Write, which does not get the alert.
  virtual void Render(const Alert& alert, std::string& out) const = 0;
};

/// Takes alerts. Implement it to send them anywhere. Must not call the session.
/// Thread-safety: a session calls its sink from the thread that calls the session.
class AlertSink {
 public:
  virtual ~AlertSink() = default;
  /// For alerts of these rules, which outlive it; it may outlive the sink. A session that has one passes its text to
  /// Write, and with several threads renders alerts ahead of their turn. Null: the sink needs no text.
  virtual std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo>) const { return nullptr; }
  /// An Error, or whatever it throws, is counted and reported by the session; later alerts are still offered.
  virtual Status Write(const Alert& alert) = 0;
  virtual Status Flush() { return {}; }
};

}  // namespace eqlc
