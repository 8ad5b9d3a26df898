// AlertDocumentBuilder: from a match to the documents that Kibana's detection engine would store for it
// (docs/semantics.md sections 8.5 and 8.6).
//
// An event rule gives one document; a sequence or sample one building block per event and a shell alert with what the
// events share. A document is the event as it stood in the input, without `kibana`, `signal` and `threshold_result`,
// with event.kind "signal", and with flat `kibana.alert.*` keys.
//
// Invariants:
// 1. Everything is a function of rule and events, so two runs over a file give the same bytes. That is why @timestamp
// is
//    the time of the match (its last event), where Kibana writes the time of the run, and why ids are hashes:
//      event      its own `_index` and `_id` if the line is a search hit, else SHA-256 of its text
//      alert      SHA-256 of (rule id, event)
//      shell      SHA-256 of (rule id, "group", all events); block n: the same and n
// 2. Every document is one line of valid UTF-8, whatever the event was; an event that is not readable gives a document
//    with `kibana.alert.*` only.
// 3. Fields that only a Kibana has are left out: url, space, version, execution, user and case fields.
//
// Tested by tests/unit/runtime/alert/alert_document_test.cpp.
#pragma once

#include <atomic>
#include <span>
#include <vector>

#include "eqlc/alert.hpp"
#include "runtime/alert/rule_document.h"

namespace eqlc {

// Keeps what all alerts of a rule share, from its first alert on.
// Thread-safety: Build may be called by any number of threads at once.
class AlertDocumentBuilder {
 public:
  // For alerts of these rules, which must outlive the builder.
  explicit AlertDocumentBuilder(std::span<const RuleInfo> rules) : rules_(rules), documents_(rules.size()) {}
  ~AlertDocumentBuilder();
  AlertDocumentBuilder(const AlertDocumentBuilder&) = delete;
  AlertDocumentBuilder& operator=(const AlertDocumentBuilder&) = delete;

  // REQUIRES: alert.rule is one of the rules.
  std::vector<AlertDocument> Build(const Alert& alert) const;

 private:
  const RuleDocument& DocumentOf(const RuleInfo& rule) const;

  std::span<const RuleInfo> rules_;
  mutable std::vector<std::atomic<const RuleDocument*>> documents_;  // [rule]; owned; null: there was no alert yet
};

}  // namespace eqlc
