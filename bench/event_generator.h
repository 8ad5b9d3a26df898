// EventGenerator: a stream of endpoint events in ECS form, about 2.5 KB each, the same for the same seed on every
// machine. Fields, their order and the share of each category follow what endpoint agents send; all values are ours.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace eqlc::bench {

struct EventMix {
  uint64_t seed = 1;
  // Events of each kind in 1,000; the rest are registry events.
  uint32_t process = 180;
  uint32_t file = 250;
  uint32_t network = 250;
  uint32_t library = 200;
  // Events in 1,000 whose process looks like an attack (an encoded command line, a tool out of a temporary folder),
  // which rules match; the others' values are everyday ones.
  uint32_t suspicious = 2;
};

class EventGenerator {
 public:
  explicit EventGenerator(const EventMix& mix) : mix_(mix), random_(mix.seed) {}

  // One event, without newline. Valid until the next call.
  std::string_view Next();

 private:
  struct Process {
    std::string entity_id;
    std::string_view name;
    std::string_view folder;
    std::vector<std::string_view> args;
    uint32_t pid;
  };

  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(random_() % n); }
  std::string Hex(size_t digits);
  Process MakeProcess(bool suspicious);
  void AddCommon(std::string_view category, std::string_view type, std::string_view action);
  void AddProcess(const char* key, const Process& process, const Process* parent);
  void AddSubject(std::string_view category);

  EventMix mix_;
  std::mt19937_64 random_;
  uint64_t count_ = 0;
  std::string event_;
};

}  // namespace eqlc::bench
