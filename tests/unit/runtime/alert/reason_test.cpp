#include "runtime/alert/reason.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(ReasonSentence, NamesWhatTheEventHas) {
  const struct {
    const char* event;
    const char* sentence;
  } kCases[] = {
      {R"({"event":{"category":["network","process"]},"process":{"name":"curl","parent":{"name":"bash"}},
           "file":{"name":"x.sh"},"source":{"ip":"10.0.0.5","port":40000},"destination":{"ip":"8.8.8.8","port":443},
           "user":{"name":"root"},"host":{"name":"web-1"}})",
       "network,process event with process curl, parent process bash, file x.sh, source 10.0.0.5:40000, destination "
       "8.8.8.8:443, by root on web-1 created high alert My rule."},
      {R"({"event":{"category":"process"},"host":{"name":"web-1"}})",
       "process event on web-1 created high alert My rule."},
      {R"({"event.category":"dns","source.ip":"10.0.0.5"})",
       "dns event with source 10.0.0.5, created high alert My rule."},
      {R"({"source":{"port":1}})", "event created high alert My rule."},
      {"{}", "event created high alert My rule."},
      {"", "event created high alert My rule."},
  };
  for (const auto& c : kCases)
    EXPECT_EQ(ReasonSentence(json::Members(c.event), "high", "My rule"), c.sentence) << c.event;
}

}  // namespace
}  // namespace eqlc
