// Interpreter and generated code at every optimisation level, with the rule index and without, compiled in this process
// or loaded from a shared object, give the same alerts on random rules and events. The reference is the interpreter
// without index, running what was built before any pass; a test of its own takes each pass by itself.
// Code that comes in the middle of the stream, a slot per event in one run and from a compiling thread in another, too,
// and code that is replaced by better code there.
// EQLC_DIFFERENTIAL_ROUNDS and EQLC_DIFFERENTIAL_EVENTS scale the work (default 6 rounds of 150 rules x 200 events x 10
// engines, in every other round 12).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "eqlc/compile.hpp"
#include "eqlc/session.hpp"
#include "runtime/program/program.h"
#include "tests/support/random_eql.h"
#include "tests/support/random_python.h"
#include "tests/support/recording_sink.h"
#include "tests/support/rounds.h"
#include "tests/support/subprocess.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

constexpr int kRules = 150;

template <typename Write>
std::vector<RuleText> Rules(Write write) {
  std::vector<RuleText> rules;
  for (int i = 0; i < kRules; ++i) {
    rules.push_back({fmt::format("rule{}.eql", i), write()});
  }
  return rules;
}

std::vector<RuleText> RandomRules(uint64_t seed, Dialect dialect) {
  testing::RandomEql eql(seed);
  testing::RandomPython python(seed);
  switch (dialect) {
    case Dialect::kPython:
      return Rules([&] { return python.Query(); });
    case Dialect::kEndpoint:
      return Rules([&] { return eql.EndpointQuery(); });
    default:
      return Rules([&] { return eql.Query(); });
  }
}

// `after` is called between events.
std::vector<std::string> RunAll(const std::shared_ptr<const Program>& program, SessionOptions options,
                                const std::vector<std::string>& events, const std::function<void()>& after = {}) {
  testing::RecordingSink sink;
  Session session(program, sink, options);
  for (const std::string& event : events) {
    EXPECT_TRUE(session.Push(event).ok()) << event;
    if (after) after();
  }
  EXPECT_TRUE(session.Finish().ok());
  return std::move(sink.alerts);
}

// Code of another program with the same image that comes slot by slot.
class ArrivingCode : public NativeCode {
 public:
  ArrivingCode(const Program::Impl& whole, uint64_t seed)
      : NativeCode(whole.image.conditions().size(), whole.image.rules().size()),
        whole_(whole.native->tables()),
        conditions_(whole.image.conditions().size()),
        order_(conditions_ + whole.image.rules().size()) {
    std::iota(order_.begin(), order_.end(), size_t{0});
    std::shuffle(order_.begin(), order_.end(), std::mt19937_64(seed));
  }

  // Some more of it.
  void Arrive() {
    for (int i = 0; i < 2 && arrived_ < order_.size(); ++i) Fill(order_[arrived_++]);
  }

 private:
  void Fill(size_t slot) {
    if (slot < conditions_) return slots().Set(static_cast<abi::ConditionId>(slot), whole_.conditions[slot].load());
    slots().SetAdvance(slot - conditions_, whole_.advance[slot - conditions_].load());
  }

  const abi::NativeTables whole_;
  const size_t conditions_;
  std::vector<size_t> order_;
  size_t arrived_ = 0;
};

// `program` in the interpreter at first, then more and more in generated code.
std::vector<std::string> RunWithArrivingCode(const Program& program, uint64_t seed,
                                             const std::vector<std::string>& events) {
  auto image = Image::Parse({program.image().begin(), program.image().end()});
  EXPECT_TRUE(image.ok());
  auto code = std::make_unique<ArrivingCode>(program.impl(), seed);
  ArrivingCode& arriving = *code;
  const auto linked = LinkProgram(std::move(*image), std::move(code));
  EXPECT_TRUE(linked.ok());
  return RunAll(*linked, {}, events, [&] { arriving.Arrive(); });
}

// In code that is replaced while it runs, condition by condition.
std::vector<std::string> RunWithHotCode(const std::shared_ptr<const Program>& program,
                                        const std::vector<std::string>& events) {
  abi::ConditionId next = 0;
  const auto conditions = static_cast<abi::ConditionId>(program->impl().image.conditions().size());
  return RunAll(program, {}, events, [&] {
    for (int i = 0; i < 2 && next < conditions; ++i) program->impl().improver->OnHot(next++);
  });
}

void ExpectSame(const std::vector<std::string>& found, const std::vector<std::string>& reference) {
  ASSERT_EQ(found.size(), reference.size());
  for (size_t i = 0; i < found.size(); ++i) ASSERT_EQ(found[i], reference[i]);
}

// The rules as they were built, in the interpreter, without index.
std::vector<std::string> Reference(const std::vector<RuleText>& rules, CompileOptions options,
                                   const std::vector<std::string>& events) {
  options.native_code = false;
  options.disabled_passes = {std::string(kAllPasses)};
  return RunAll(Compile(rules, options).program, {.engine = Engine::kInterpreter, .use_index = false}, events);
}

// All passes but this one.
std::vector<std::string> Others(const PassInfo& pass) {
  std::vector<std::string> others;
  for (const PassInfo& other : Passes()) {
    if (other.name != pass.name) others.emplace_back(other.name);
  }
  return others;
}

class Engines : public ::testing::TestWithParam<Dialect> {};

std::string NameOf(Dialect dialect) {
  if (dialect == Dialect::kPython) return "Python";
  return dialect == Dialect::kEndpoint ? "Endpoint" : "Elastic";
}

INSTANTIATE_TEST_SUITE_P(Dialects, Engines, ::testing::Values(Dialect::kElastic, Dialect::kEndpoint, Dialect::kPython),
                         [](const auto& dialect) { return NameOf(dialect.param); });

TEST_P(Engines, AgreeOnRandomRulesAndEvents) {
  const testing::TempFolder cache;
  uint64_t evaluations = 0, alerts = 0;
  for (int round = 0; round < testing::DifferentialRounds(); ++round) {
    SCOPED_TRACE(fmt::format("seed {}", round));
    const std::vector<RuleText> rules = RandomRules(static_cast<uint64_t>(round), GetParam());
    testing::RandomEql random(1'000'000 + static_cast<uint64_t>(round));
    std::vector<std::string> events;
    for (int i = 0; i < testing::DifferentialEvents(); ++i) events.push_back(random.Event());

    std::vector<std::string> reference;
    for (OptLevel level : {OptLevel::kO0, OptLevel::kO1, OptLevel::kO2}) {
      // Every other round knows types that ECS does not have.
      const auto schema = Schema::Parse(testing::RandomEql::Schema());
      ASSERT_TRUE(schema.ok()) << schema.error().message;
      CompileOptions options{.dialect = GetParam(), .opt_level = level, .schema = round % 2 == 0 ? nullptr : *schema};
      const CompileResult compiled = Compile(rules, options);
      for (const Diagnostic& d : compiled.diagnostics) {
        if (d.severity == Severity::kError) ADD_FAILURE() << RenderText(d, false);
      }
      ASSERT_TRUE(compiled.program->has_native_code());
      std::vector<SessionOptions> others = {{.engine = Engine::kNative},
                                            {.engine = Engine::kNative, .use_index = false}};
      if (level == OptLevel::kO0) {
        reference = Reference(rules, options, events);
        others.push_back({.engine = Engine::kInterpreter, .use_index = false});
        others.push_back({.engine = Engine::kInterpreter});
      }
      for (const SessionOptions& session : others) {
        SCOPED_TRACE(fmt::format("level {}, engine {}, index {}", static_cast<int>(level),
                                 static_cast<int>(session.engine), session.use_index));
        ExpectSame(RunAll(compiled.program, session, events), reference);
        if (HasFatalFailure()) return;
      }
      if (level == OptLevel::kO1) {
        SCOPED_TRACE("code that arrives in the middle of the stream");
        ExpectSame(RunWithArrivingCode(*compiled.program, static_cast<uint64_t>(round), events), reference);
        options.background_code = true;
        const CompileResult coming = Compile(rules, options);
        ExpectSame(RunWithHotCode(coming.program, events), reference);
        coming.program->AwaitNativeCode();
        EXPECT_GT(coming.program->native_progress().improved, 0u);
        ExpectSame(RunAll(coming.program, {}, events), reference);
        if (HasFatalFailure()) return;
      }
      evaluations += uint64_t{kRules} * events.size();
    }
    if (round % 2 == 0) {
      // By way of the cache, whose entries are shared objects.
      const OptLevel level = round % 4 == 0 ? OptLevel::kO1 : OptLevel::kO2;
      CompileOptions options{
          .dialect = GetParam(), .background_code = true, .opt_level = level, .cache_dir = cache.path() + "/cache"};
      // The first use may be over before there is an entry, the second waits for it.
      for (int use = 0; use < 2; ++use) {
        ExpectSame(RunAll(Compile(rules, options).program, {}, events), reference);
      }
      const CompileResult loaded = Compile(rules, options);
      ASSERT_TRUE(loaded.program->has_native_code());
      EXPECT_STREQ(loaded.phases.back().name, "cache") << "not compiled ahead of time";
      if (level == OptLevel::kO1) ExpectSame(RunWithHotCode(loaded.program, events), reference);
      ExpectSame(RunAll(loaded.program, {}, events), reference);
    }
    alerts += reference.size();
  }
  fmt::print("{} rule x event evaluations compared, {} alerts, 0 differences\n", evaluations, alerts);
  EXPECT_GT(alerts, 1000u) << "random rules that never match compare nothing";
}

// Without index every condition is evaluated, with it what the passes made of the requirements counts too.
TEST_P(Engines, EachPassByItselfChangesNoAnswer) {
  for (int round = 0; round < testing::DifferentialRounds(); ++round) {
    SCOPED_TRACE(fmt::format("seed {}", round));
    const std::vector<RuleText> rules = RandomRules(2'000'000 + static_cast<uint64_t>(round), GetParam());
    testing::RandomEql random(3'000'000 + static_cast<uint64_t>(round));
    std::vector<std::string> events;
    for (int i = 0; i < testing::DifferentialEvents(); ++i) events.push_back(random.Event());
    CompileOptions options{.dialect = GetParam(), .opt_level = OptLevel::kO0};
    const std::vector<std::string> reference = Reference(rules, options, events);
    for (const PassInfo& pass : Passes()) {
      SCOPED_TRACE(pass.name);
      options.disabled_passes = Others(pass);
      options.native_code = round % 2 == 0;
      const std::shared_ptr<const Program> program = Compile(rules, options).program;
      ExpectSame(RunAll(program, {.use_index = false}, events), reference);
      ExpectSame(RunAll(program, {}, events), reference);
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace eqlc
