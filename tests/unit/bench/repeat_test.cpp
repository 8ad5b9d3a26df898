#include "bench/repeat.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace eqlc::bench {
namespace {

std::vector<std::string> Repeated(const std::vector<std::string_view>& events, uint32_t pass) {
  EventLines recording;
  for (const std::string_view event : events) recording.Append(event);
  const EventLines repeated = Repeat(recording, pass);
  std::vector<std::string> lines;
  for (size_t i = 0; i < repeated.size(); ++i) lines.emplace_back(repeated[i]);
  return lines;
}

// The recording takes ten seconds; a repetition begins a second after it.
TEST(Repeat, MovesTextsOnByWhatTheRecordingTakes) {
  EXPECT_EQ(Repeated({R"({"@timestamp": "2020-10-22T02:58:00.462Z", "host": {"name": "A.b", "id": "7"}, "n": 1})",
                      R"({"@timestamp": "2020-10-22T02:58:10.462Z", "host": {"name": "C"}, "id": 2, "n": 1})"},
                     2),
            (std::vector<std::string>{
                R"({"@timestamp": "2020-10-22T02:58:22.462Z", "host": {"name": "A.b-2", "id": "7-2"}, "n": 1})",
                R"({"@timestamp": "2020-10-22T02:58:32.462Z", "host": {"name": "C-2"}, "id": 2, "n": 1})"}));
}

TEST(Repeat, MovesMillisecondsOn) {
  EXPECT_EQ(Repeated({R"({"@timestamp":1767225600000,"host":{"id":"1b","name":"pc"}})",
                      R"({"@timestamp":1767225600500,"host":{"id":"1b","name":"pc"}})"},
                     1),
            (std::vector<std::string>{R"({"@timestamp":1767225601500,"host":{"id":"1b-1","name":"pc-1"}})",
                                      R"({"@timestamp":1767225602000,"host":{"id":"1b-1","name":"pc-1"}})"}));
}

TEST(Repeat, LeavesWhatHasNoTimeAndTheFirstPass) {
  const std::vector<std::string_view> odd = {R"({"a": 1})", R"({"@timestamp": "soon", "a": 1})", "{"};
  const std::vector<std::string_view> usual = {R"({"@timestamp": "2020-10-22T02:58:00Z", "host": {"name": "a"}})"};
  EXPECT_EQ(Repeated(odd, 3), (std::vector<std::string>{odd.begin(), odd.end()}));
  EXPECT_EQ(Repeated(usual, 0), (std::vector<std::string>{usual.begin(), usual.end()}));
}

}  // namespace
}  // namespace eqlc::bench
