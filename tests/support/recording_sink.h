// Keeps alerts as text, so that the answers of two engines can be compared.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "eqlc/alert.hpp"

namespace eqlc::testing {

// The rule, the join keys, and each event on a line of its own (`missing` for the place of one).
inline std::string TextOf(const Alert& alert) {
  std::string text(alert.rule.id);
  for (const std::string& key : alert.join_keys) text += " key " + key;
  for (std::string_view event : alert.events) {
    text += "\n  ";
    text += event.empty() ? "missing" : event;
  }
  return text;
}

// One string an alert.
class RecordingSink : public AlertSink {
 public:
  Status Write(const Alert& alert) override {
    alerts.push_back(TextOf(alert));
    return {};
  }

  std::vector<std::string> alerts;
};

// The same, made by a renderer.
class RenderedSink : public RecordingSink {
 public:
  std::unique_ptr<const AlertRenderer> MakeRenderer(std::span<const RuleInfo>) const override {
    return std::make_unique<Renderer>();
  }
  Status Write(const Alert& alert) override {
    alerts.emplace_back(alert.text);
    return {};
  }

 private:
  class Renderer : public AlertRenderer {
   public:
    void Render(const Alert& alert, std::string& out) const override { out += TextOf(alert); }
  };
};

}  // namespace eqlc::testing
