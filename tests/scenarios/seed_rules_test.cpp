// Two public rules, run as they were published: an SSH daemon's child that connects to the internet, and SSH inside a
// container. Their text is not ours, so it is read from the folder that EQLC_SEEDS_DIR names: one file with the query
// in a ```js block, and one with the rule file as a listing with line numbers.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/scenarios/run_events.h"

namespace eqlc::scenarios {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::vector<std::string> SeedTexts() {
  std::vector<std::string> texts;
  const char* folder = std::getenv("EQLC_SEEDS_DIR");
  if (folder == nullptr || !fs::is_directory(folder)) return texts;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

// What stands in the first ```js block; "" if there is none.
std::string QueryBlock(const std::string& text) {
  constexpr std::string_view kOpen = "```js\n";
  const size_t start = text.find(kOpen);
  if (start == std::string::npos) return {};
  const size_t end = text.find("```", start + kOpen.size());
  return end == std::string::npos ? std::string() : text.substr(start + kOpen.size(), end - start - kOpen.size());
}

// The lines that are numbered 1, 2, 3 ..., without the numbers, from the one that opens [metadata].
std::string NumberedListing(const std::string& text) {
  std::string listing;
  std::istringstream lines(text);
  size_t number = 1;
  for (std::string line; std::getline(lines, line);) {
    if (number == 1 && line != "1[metadata]") continue;
    const std::string prefix = std::to_string(number);
    if (!line.starts_with(prefix)) break;
    listing += line.substr(prefix.size()) + '\n';
    ++number;
  }
  return listing;
}

// The first text that `extract` finds something in.
std::string FindSeed(const std::function<std::string(const std::string&)>& extract) {
  for (const std::string& text : SeedTexts()) {
    std::string found = extract(text);
    if (!found.empty()) return found;
  }
  return {};
}

json Event(int64_t milliseconds, const char* category, const char* action) {
  // 2026-11-20T09:00:00Z; milliseconds beyond a second carry over.
  constexpr int64_t kBase = 1'795'165'200'000;
  return {{"@timestamp", kBase + milliseconds},
          {"event", {{"category", {category}}, {"type", {"start"}}, {"action", action}}},
          {"host", {{"id", "host-1"}, {"os", {{"type", "linux"}}}}}};
}

// What the SSH daemon started.
json Login() {
  json event = Event(0, "process", "exec");
  event["process"] = {{"entity_id", "shell-1"},
                      {"name", "bash"},
                      {"executable", "/usr/bin/bash"},
                      {"parent", {{"entity_id", "daemon-1"}, {"executable", "/usr/sbin/sshd"}}}};
  return event;
}

// A connection that a child of it opens.
json Connection(int64_t milliseconds, const char* address = "8.8.8.8") {
  json event = Event(milliseconds, "network", "connection_attempted");
  event["process"] = {{"entity_id", "child-1"},
                      {"name", "curl"},
                      {"executable", "/usr/bin/curl"},
                      {"parent", {{"entity_id", "shell-1"}}}};
  event["destination"] = {{"ip", address}, {"port", 443}};
  return event;
}

// `event` with the value at a JSON pointer replaced, or taken out if `value` is null.
json With(json event, const char* pointer, const json& value) {
  const json::json_pointer at(pointer);
  if (value.is_null()) {
    event.at(at.parent_pointer()).erase(at.back());
  } else {
    event[at] = value;
  }
  return event;
}

class SeedRule : public ::testing::Test {
 protected:
  // Compiles what a test needs; skips it if the rules are not at hand.
  void CompileSeed(const std::string& name, const std::string& text) {
    if (text.empty()) return;
    compiled_ = Compile({{name, text}});
    ASSERT_EQ(compiled_.program->rules().size(), 1u) << Describe(compiled_.diagnostics);
    EXPECT_EQ(compiled_.rules_failed, 0u) << Describe(compiled_.diagnostics);
  }

  void ExpectAlerts(const std::vector<json>& events, size_t alerts, const std::string& what) {
    std::vector<std::string> texts;
    for (const json& event : events) texts.push_back(event.dump());
    for (const Engine engine : {Engine::kNative, Engine::kInterpreter}) {
      const Outcome outcome = RunEvents(compiled_.program, engine, texts);
      EXPECT_EQ(outcome.error, "") << what;
      EXPECT_EQ(outcome.matches.size(), alerts) << what << (engine == Engine::kNative ? ", native" : ", interpreter");
    }
  }

  CompileResult compiled_;
};

constexpr const char* kWhySkipped = "the rules are not ours to ship: set EQLC_SEEDS_DIR to the folder that holds them";

class SshdChild : public SeedRule {
 protected:
  void SetUp() override {
    if (SeedTexts().empty()) GTEST_SKIP() << kWhySkipped;
    const std::string query = FindSeed(QueryBlock);
    ASSERT_NE(query, "") << "no ```js block in EQLC_SEEDS_DIR";
    CompileSeed("sshd_child.eql", query);
  }
};

TEST_F(SshdChild, AlertsOnAConnectionToAPublicAddress) {
  for (const char* address : {"8.8.8.8",    "11.0.0.1",        "100.63.255.255",  "100.128.0.0", "126.255.255.255",
                              "128.0.0.1",  "169.253.255.255", "172.15.255.255",  "172.32.0.0",  "191.255.255.255",
                              "192.0.1.0",  "192.0.3.0",       "192.167.255.255", "192.169.0.0", "198.17.255.255",
                              "198.20.0.0", "198.51.101.0",    "203.0.112.255",   "203.0.114.0", "223.255.255.255",
                              "::2",        "2606:4700::1111", "fe7f::1",         "fec0::1",     "fd00::1"}) {
    ExpectAlerts({Login(), Connection(300, address)}, 1, address);
  }
}

TEST_F(SshdChild, IsQuietForEveryExcludedRange) {
  for (const char* address :
       {"10.1.2.3",     "127.0.0.1",    "169.254.10.10", "172.16.0.0",   "172.31.255.255",  "192.0.0.0",
        "192.0.0.7",    "192.0.0.8",    "192.0.0.9",     "192.0.0.10",   "192.0.0.170",     "192.0.0.171",
        "192.0.0.255",  "192.0.2.5",    "192.31.196.7",  "192.52.193.7", "192.168.7.7",     "192.88.99.7",
        "224.1.2.3",    "239.255.0.1",  "100.64.0.0",    "100.127.9.9",  "192.175.48.7",    "198.18.5.5",
        "198.19.255.1", "198.51.100.5", "203.0.113.5",   "240.1.1.1",    "255.255.255.255", "::1",
        "fe80::1",      "FEBF::1",      "ff02::1",       "0.0.0.0"}) {
    ExpectAlerts({Login(), Connection(300, address)}, 0, address);
  }
}

TEST_F(SshdChild, OneSecondIsTheLimit) {
  ExpectAlerts({Login(), Connection(0)}, 1, "at once");
  ExpectAlerts({Login(), Connection(999)}, 1, "999 ms");
  ExpectAlerts({Login(), Connection(1'000)}, 1, "1,000 ms");
  ExpectAlerts({Login(), Connection(1'001)}, 0, "1,001 ms");
  ExpectAlerts({Connection(0), Login()}, 0, "connection first");
}

TEST_F(SshdChild, IsQuietForTheUsualPrograms) {
  for (const char* executable : {"/bin/yum", "/usr/bin/yum"}) {
    ExpectAlerts({Login(), With(Connection(300), "/process/executable", executable)}, 0, executable);
  }
  for (const char* name : {"login_duo", "ssh", "sshd", "sshd-session"}) {
    ExpectAlerts({Login(), With(Connection(300), "/process/name", name)}, 0, name);
  }
  ExpectAlerts({Login(), With(Connection(300), "/process/name", "sshd2")}, 1, "a name like sshd");
  ExpectAlerts({Login(), With(Connection(300), "/process/name", "SSH")}, 1, "names are compared exactly");
  ExpectAlerts({Login(), With(Connection(300), "/process/name", nullptr)}, 1, "no name");
}

TEST_F(SshdChild, EveryConditionCounts) {
  const struct {
    const char* what;
    json login;
    json connection;
  } kCases[] = {
      {"no address", Login(), With(Connection(300), "/destination/ip", nullptr)},
      {"no destination", Login(), With(Connection(300), "/destination", nullptr)},
      {"another host", Login(), With(Connection(300), "/host/id", "host-2")},
      {"unknown host", With(Login(), "/host/id", nullptr), With(Connection(300), "/host/id", nullptr)},
      {"child of another shell", Login(), With(Connection(300), "/process/parent/entity_id", "shell-2")},
      {"the shell itself", Login(),
       With(With(Connection(300), "/process/entity_id", "shell-1"), "/process/parent/entity_id", "daemon-1")},
      {"child of no daemon", With(Login(), "/process/parent/executable", "/usr/bin/login"), Connection(300)},
      {"forked only", With(Login(), "/event/action", "fork"), Connection(300)},
      {"ended", With(Login(), "/event/type", json::array({"end"})), Connection(300)},
      {"macOS", With(Login(), "/host/os/type", "macos"), Connection(300)},
      {"connection accepted", Login(), With(Connection(300), "/event/action", "connection_accepted")},
      {"connection ended", Login(), With(Connection(300), "/event/type", json::array({"end"}))},
      {"another category", Login(), With(Connection(300), "/event/category", json::array({"file"}))},
  };
  for (const auto& c : kCases) ExpectAlerts({c.login, c.connection}, 0, c.what);
}

class ContainerSsh : public SeedRule {
 protected:
  void SetUp() override {
    if (SeedTexts().empty()) GTEST_SKIP() << kWhySkipped;
    const std::string listing = FindSeed(NumberedListing);
    ASSERT_NE(listing, "") << "no numbered listing in EQLC_SEEDS_DIR";
    CompileSeed("container_ssh.toml", listing);
  }

  static json Start(const char* name, const char* entry = "container") {
    json event = Event(0, "process", "exec");
    event["process"] = {{"name", name}, {"entry_leader", {{"entry_meta", {{"type", entry}}}}}};
    return event;
  }
};

TEST_F(ContainerSsh, AlertsOnTheThreePrograms) {
  for (const char* name : {"ssh", "sshd", "autossh"}) ExpectAlerts({Start(name)}, 1, name);
}

TEST_F(ContainerSsh, IsQuietOutsideOfContainers) {
  for (const char* name : {"ssh", "sshd", "autossh"}) {
    ExpectAlerts({Start(name, "sshd")}, 0, name);
    ExpectAlerts({With(Start(name), "/process/entry_leader", nullptr)}, 0, name);
  }
}

TEST_F(ContainerSsh, EveryConditionCounts) {
  for (const char* name : {"ssh-agent", "SSH", "scp", "bash", ""}) ExpectAlerts({Start(name)}, 0, name);
  ExpectAlerts({With(Start("ssh"), "/event/action", "fork")}, 0, "forked only");
  ExpectAlerts({With(Start("ssh"), "/event/type", json::array({"end"}))}, 0, "ended");
  ExpectAlerts({With(Start("ssh"), "/host/os/type", "windows")}, 0, "Windows");
  ExpectAlerts({With(Start("ssh"), "/event/category", json::array({"network"}))}, 0, "another category");
}

TEST_F(ContainerSsh, KeepsWhatTheRuleFileSays) {
  const RuleInfo& rule = compiled_.program->rules()[0];
  EXPECT_EQ(rule.kind, RuleKind::kEvent);
  EXPECT_EQ(rule.severity, "medium");
  EXPECT_EQ(rule.risk_score, 47u);
  EXPECT_EQ(rule.id.size(), 36u);
}

}  // namespace
}  // namespace eqlc::scenarios
