// Random queries of python-eql's dialect over the events of RandomEql.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace eqlc::testing {

// Deterministic for a seed on every platform (no std distributions).
class RandomPython {
 public:
  explicit RandomPython(uint64_t seed) : engine_(seed) {}

  // A query that compiles: events, sequences, joins, with and without pipes.
  std::string Query();

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(engine_() % n); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  const std::string& Pick(const std::vector<std::string>& from) {
    return from[Below(static_cast<uint32_t>(from.size()))];
  }

  std::string Filter(int depth);
  std::string RelatedTests();
  std::string Condition(int depth);
  std::string Leaf();
  std::string Number(int depth);
  std::string Text(int depth);
  std::string ListLeaf();
  std::string LineageLeaf();
  std::string Items(const std::string& keyword);
  std::string Pipe();

  std::mt19937_64 engine_;
};

}  // namespace eqlc::testing
