// Random queries and random events over one small vocabulary, so that queries match often enough to mean something.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace eqlc::testing {

// Deterministic for a seed on every platform (no std distributions).
class RandomEql {
 public:
  explicit RandomEql(uint64_t seed) : engine_(seed) {}

  // JSON of a schema with types for some of the fields, for queries to be compiled with or without.
  static std::string Schema();
  // A query of the Elasticsearch dialect that compiles: mostly event queries, some sequences and samples.
  std::string Query();
  // A query of the endpoint dialect that compiles and uses what only that dialect has.
  std::string EndpointQuery();
  // One leaf of a condition: a comparison, a list or pattern test, a call, a boolean field.
  std::string LeafExpression() { return Leaf(); }
  // One event as JSON; timestamps rise by 0..3 s from call to call.
  std::string Event();

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(engine_() % n); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(static_cast<uint32_t>(from.size()))];
  }

  // Query parts; each returns text that can stand where its name says.
  std::string Filter(int depth);
  std::string Condition(int depth);
  std::string Leaf();
  std::string CompareLeaf();
  std::string SetLeaf();
  std::string PatternLeaf();
  std::string CallLeaf();
  std::string ComputedLeaf();
  std::string TypedLeaf();
  std::string TestOf(const std::string& field);
  std::string RelatedTests();
  std::string NumberExpr(int depth);
  std::string StringExpr(int depth);
  std::string StringField();
  std::string NumberField();
  std::string StringLiteral();
  std::string NumberLiteral();
  std::string Pattern();
  std::string List(std::string (RandomEql::*item)());
  std::string EventQuery();
  std::string Sequence();
  std::string SequenceItem(bool may_miss);
  std::string ElementField(const std::string& variable);
  std::string ElementCondition(const std::string& variable, int depth);
  std::string ArraySearch(int depth);
  std::string LineageTerm();
  std::string FieldPair(const std::string& left, const std::string& right);
  std::string EndpointLeaf();
  std::string EndpointCondition(int depth);
  std::string AliasSequence();
  std::string Sample();

  // Event parts.
  std::string JsonString(const std::string& text);
  std::string JsonScalar();
  std::string JsonValueFor(const std::string& field);
  std::string JsonFrame();
  std::string JsonProcess();

  std::mt19937_64 engine_;
  int64_t clock_ms_ = 1'700'000'000'000;
};

}  // namespace eqlc::testing
