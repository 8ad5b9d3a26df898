// What the tests of sinks share: a temporary file to write to, and alerts to write.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/sink/sink.h"

namespace eqlc {

// Holds what an Alert only refers to.
struct SampleAlert {
  std::string name = "Test rule";
  RuleKind kind = RuleKind::kEvent;
  std::vector<std::string> events = {
      R"({"host":{"name":"web-1"},"user":{"name":"root"},"process":{"name":"nc"},"event":{"category":"process"}})"};
  int64_t time = 1'795'600'800'123'000'000;  // 2026-11-25T10:00:00.123Z

  // As a session does.
  Status WriteTo(AlertSink& sink) const {
    const RuleInfo rule = {"r-1", name, "high", 73, kind, "any where true", R"({"rule":{}})"};
    const std::vector<std::string_view> views(events.begin(), events.end());
    Alert alert{rule, views, {}, time};
    std::string text;
    sink.MakeRenderer({&rule, 1})->Render(alert, text);
    alert.text = text;
    return sink.Write(alert);
  }
};

class TemporaryFile {
 public:
  TemporaryFile() : file_(std::tmpfile()) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { std::fclose(file_); }

  std::FILE* get() { return file_; }
  int fd() { return fileno(file_); }
  std::string Contents() {
    std::string text;
    std::rewind(file_);
    for (int c; (c = std::fgetc(file_)) != EOF;) text += static_cast<char>(c);
    return text;
  }

 private:
  std::FILE* file_;
};

// What a sink of this format writes for these alerts.
inline std::string WriteAlerts(SinkFormat format, const std::vector<SampleAlert>& alerts, SinkOptions options = {}) {
  TemporaryFile file;
  auto sink = MakeSink(format, file.get(), options);
  for (const SampleAlert& alert : alerts) {
    if (!alert.WriteTo(*sink)) return "write failed";
  }
  return sink->Close() ? file.Contents() : "close failed";
}

}  // namespace eqlc
