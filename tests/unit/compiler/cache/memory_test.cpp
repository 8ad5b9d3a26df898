// What is remembered of single rule files, and that a ruleset of which some changed is what it would be without.
#include "compiler/cache/memory.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "compiler/front_end.h"
#include "runtime/program/sealed_file.h"
#include "tests/support/random_eql.h"
#include "tests/support/temp_folder.h"

namespace eqlc {
namespace {

namespace fs = std::filesystem;
using testing::TempFolder;

constexpr int64_t kHourNs = 3'600'000'000'000;

std::string Findings(const CompileResult& result) {
  std::string text =
      fmt::format("{} {} {} {}\n", result.rules_total, result.rules_failed, result.rules_warned, result.other_rules);
  for (const Diagnostic& diagnostic : result.diagnostics) text += RenderText(diagnostic, false) + diagnostic.rule_id;
  return text;
}

void ExpectSame(const CompileResult& result, const CompileResult& cold, const std::string& what) {
  EXPECT_TRUE(std::ranges::equal(result.program->image(), cold.program->image())) << what;
  EXPECT_EQ(Findings(result), Findings(cold)) << what;
}

class MemoryTest : public ::testing::Test {
 protected:
  // As if the files had been there for long.
  RuleInputs FindOldFiles() const {
    RuleInputs inputs = FindRuleInputs({rules_.path()});
    inputs.found_ns += kHourNs;
    return inputs;
  }

  cache::Memory Open(const RuleInputs& inputs) const {
    auto memory = cache::Memory::Open(cache_.path(), inputs, {});
    EXPECT_TRUE(memory.ok());
    return std::move(*memory);
  }

  void Remember(RuleInputs inputs) const {
    cache::Memory memory = Open(inputs);
    memory.Identify(inputs);
    const FrontEnd front = RunFrontEnd(inputs, {}, {});
    memory.Identify(inputs);
    EXPECT_TRUE(memory.KeepStamps(inputs).ok());
    EXPECT_TRUE(memory.KeepFiles(inputs, front.files).ok());
  }

  static ptrdiff_t CountRead(const RuleInputs& inputs) {
    return std::ranges::count_if(inputs.files, &RuleInput::is_read);
  }
  ptrdiff_t CountKnown(const cache::Memory& memory, const RuleInputs& inputs) const {
    return std::ranges::count_if(memory.Recall(inputs), [](const auto& file) { return file.has_value(); });
  }

  const TempFolder rules_, cache_;
};

TEST_F(MemoryTest, RemembersTheEntryThatWasBegunLast) {
  rules_.Write("a.eql", "any where x == 1");
  const cache::Memory memory = Open(FindOldFiles());
  EXPECT_FALSE(memory.WasBegun("one"));
  for (const char* entry : {"one", "other"}) {
    ASSERT_TRUE(memory.KeepBegun(entry).ok());
    EXPECT_TRUE(Open(FindOldFiles()).WasBegun(entry));
  }
  EXPECT_FALSE(memory.WasBegun("one"));
}

TEST_F(MemoryTest, ReadsAndLowersWhatChanged) {
  for (const char* name : {"a.eql", "b.eql", "c.eql"}) rules_.Write(name, "any where x == 1");
  Remember(FindOldFiles());
  RuleInputs inputs = FindOldFiles();
  cache::Memory memory = Open(inputs);
  memory.Identify(inputs);
  EXPECT_EQ(CountRead(inputs), 0);
  EXPECT_EQ(CountKnown(memory, inputs), 3);

  rules_.Write("b.eql", "any where x == 2");
  inputs = FindOldFiles();
  memory.Identify(inputs);
  EXPECT_EQ(CountRead(inputs), 1);
  EXPECT_EQ(CountKnown(memory, inputs), 2);

  rules_.Write("b.eql", "any where x == 1");
  fs::rename(rules_.path("c.eql"), rules_.path("d.eql"));
  inputs = FindOldFiles();
  memory.Identify(inputs);
  EXPECT_EQ(CountRead(inputs), 2);
  EXPECT_EQ(CountKnown(memory, inputs), 2) << "what was found names the file";
}

// Contents may change twice within a tick of the file system's clock.
TEST_F(MemoryTest, FilesThatWereJustWrittenAreCompared) {
  rules_.Write("a.eql", "any where x == 1");
  Remember(FindRuleInputs({rules_.path()}));
  for (int round = 0; round < 2; ++round) {
    RuleInputs inputs = FindRuleInputs({rules_.path()});
    cache::Memory memory = Open(inputs);
    memory.Identify(inputs);
    EXPECT_EQ(CountRead(inputs), 1);
    EXPECT_EQ(CountKnown(memory, inputs), 1);
  }
}

TEST_F(MemoryTest, FailuresAreLookedAtAgain) {
  fs::create_symlink(rules_.path("nowhere"), rules_.path("a.eql"));
  rules_.Write("b.eql", "any where x == 1");
  const CompileOptions options{.native_code = false, .cache_dir = cache_.path()};
  EXPECT_EQ(CompileFiles({rules_.path()}, options).diagnostics.size(), 1u);
  rules_.Write("nowhere", "any where x == 2");
  EXPECT_EQ(CompileFiles({rules_.path()}, options).diagnostics.size(), 0u);
}

// Every byte of both files matters or does not, but never to the answer.
TEST_F(MemoryTest, DamagedFilesAreAsIfTheyWereNotThere) {
  rules_.Write("a.eql", "process where process.name : \"c*\"");
  rules_.Write("b.eql", "process where proces.name == \"a\" and lenght(b) > 2");
  const CompileResult cold = CompileFiles({rules_.path()}, {.native_code = false});
  const std::string found = Findings(cold);
  Remember(FindOldFiles());
  for (const auto& entry : fs::directory_iterator(cache_.path())) {
    std::string bytes(entry.file_size(), '\0');
    std::ifstream(entry.path(), std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    for (size_t at = 0; at < bytes.size(); at += 7) {
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
      if (at % 3 == 0) damaged.resize(at);
      std::ofstream(entry.path(), std::ios::binary) << damaged;
      RuleInputs inputs = FindOldFiles();
      cache::Memory memory = Open(inputs);
      memory.Identify(inputs);
      FrontEnd front = RunFrontEnd(inputs, memory.Recall(inputs), {});
      ASSERT_EQ(Findings(front.result), found) << entry.path() << " " << at;
    }
    std::ofstream(entry.path(), std::ios::binary) << bytes;
  }
}

// A seal is no signature.
TEST_F(MemoryTest, AnyBytesUnderAGoodSealDoNoHarm) {
  rules_.Write("a.eql", "process where process.name : \"c*\" and proces.name == \"x\"");
  rules_.Write("b.toml", "[rule]\nname = 'n'\ntype = 'eql'\nquery = 'any where a == 1'\nrule_id = 'x'\n");
  Remember(FindOldFiles());
  std::mt19937 random(3);
  for (const auto& entry : fs::directory_iterator(cache_.path())) {
    const Result<SealedFile> good = SealedFile::Open(entry.path());
    ASSERT_TRUE(good.ok());
    const std::vector<std::byte> contents(good->contents().begin(), good->contents().end());
    const std::vector<std::byte> extra(good->extra().begin(), good->extra().end());
    for (int i = 0; i < 150; ++i) {
      std::vector<std::byte> bad_contents = contents, bad_extra = extra;
      for (int n = random() % 3; n >= 0; --n) {
        std::vector<std::byte>& bad = random() % 2 == 0 && !contents.empty() ? bad_contents : bad_extra;
        bad[random() % bad.size()] = static_cast<std::byte>(random());
      }
      const abi::SealTrailer trailer = MakeSeal(bad_contents, bad_extra);
      const auto all = {Bytes(bad_contents), Bytes(bad_extra), std::as_bytes(std::span(&trailer, 1))};
      std::ofstream out(entry.path(), std::ios::binary);
      for (const Bytes part : all) {
        out.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
      }
      out.close();
      RuleInputs inputs = FindOldFiles();
      cache::Memory memory = Open(inputs);
      memory.Identify(inputs);
      RunFrontEnd(inputs, memory.Recall(inputs), {});
    }
    std::ofstream(entry.path(), std::ios::binary) << "nothing";
  }
}

// --- whole compilations ---

// Rule files of all kinds, and random changes of them.
class Author {
 public:
  Author(const TempFolder& folder, uint64_t seed) : folder_(folder), random_(seed), eql_(seed) {
    for (int i = 0; i < 40; ++i) Write(i);
  }

  void Change() {
    const int file = Below(45);
    switch (Below(6)) {
      case 0:
        fs::remove(Path(file));
        break;
      case 1:
        if (fs::exists(Path(file))) fs::rename(Path(file), Path(Below(45)));
        break;
      default:
        Write(file);
    }
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<uint64_t>(n)); }
  std::string Path(int file) const {
    return folder_.path(fmt::format("{}/{:02}.{}", file % 3 == 0 ? "x" : "y", file, file % 2 == 0 ? "toml" : "eql"));
  }

  void Write(int file) {
    std::string query = Below(3) == 0 ? eql_.EndpointQuery() : eql_.Query();
    if (Below(7) == 0) query += " and";
    if (Below(7) == 0) query = "process where proces.name == \"a*\" and not length(process.name) > 2";
    fs::create_directories(fs::path(Path(file)).parent_path());
    std::ofstream(Path(file), std::ios::binary) << (file % 2 == 0 ? Toml(query) : query);
  }

  // Ids occur more than once.
  std::string Toml(const std::string& query) {
    switch (Below(9)) {
      case 0:
        return "[rule]\ntype = 'query'\nname = 'other'\n";
      case 1:
        return "[rule]\nname = \"\xff\"\n";
      case 2:
        return "[rule\n";
      case 3:
        return fmt::format("[rule]\nid = 'b{}'\nname = 'b'\nos_list = ['linux']\nquery = '''\nany where a == 1'''\n",
                           Below(3));
      default:
        return fmt::format("{}[rule]\nname = 'n'\ntype = 'eql'\nrule_id = 'r{}'\nquery = '''\n{}'''\n",
                           std::string(static_cast<size_t>(Below(3)), '\n'), Below(20), query);
    }
  }

  const TempFolder& folder_;
  std::mt19937_64 random_;
  testing::RandomEql eql_;
};

TEST_F(MemoryTest, ChangedRulesetsAreWhatTheyWouldBeAnew) {
  const auto schema = Schema::Parse(testing::RandomEql::Schema());
  ASSERT_TRUE(schema.ok());
  std::vector<CompileOptions> all_options(5);
  all_options[1].dialect = Dialect::kEndpoint;
  all_options[2].dialect = Dialect::kPython;
  all_options[3].schema = *schema;
  all_options[4] = {.timestamp_field = "time", .event_category_field = "event.type", .note_costly = true};
  Author author(rules_, 11);
  for (int step = 0; step < 60; ++step) {
    for (int changes = step % 4; changes >= 0; --changes) author.Change();
    CompileOptions options = all_options[static_cast<size_t>(step) / 3 % all_options.size()];
    options.native_code = false;
    options.threads = step % 3;
    const CompileResult cold = CompileFiles({rules_.path()}, options);
    options.cache_dir = cache_.path();
    ExpectSame(CompileFiles({rules_.path()}, options), cold, fmt::format("step {}", step));
  }
}

TEST_F(MemoryTest, TextsAreRememberedLikeFiles) {
  const CompileOptions cached{.native_code = false, .cache_dir = cache_.path()};
  std::vector<RuleText> texts = {{"a.eql", "any where x == 1"}, {"b.eql", "any where"}, {"a.eql", "any where y == 2"}};
  for (const char* query : {"any where x == 1", "any where z : \"q\"", "any where"}) {
    texts[1].contents = query;
    ExpectSame(Compile(texts, cached), Compile(texts, {.native_code = false}), query);
  }
}

TEST_F(MemoryTest, ManyShareAFolder) {
  std::vector<TempFolder> folders(2);
  std::vector<std::thread> threads;
  for (uint64_t i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      const TempFolder& rules = folders[i % 2];
      for (int round = 0; round < 8; ++round) {
        rules.Write(fmt::format("{}.eql", i), fmt::format("any where x == {}", round));
        const CompileResult result = CompileFiles({rules.path()}, {.native_code = false, .cache_dir = cache_.path()});
        EXPECT_GE(result.program->rules().size(), 1u);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const TempFolder& rules : folders) {
    ExpectSame(CompileFiles({rules.path()}, {.native_code = false, .cache_dir = cache_.path()}),
               CompileFiles({rules.path()}, {.native_code = false}), rules.path());
  }
}

}  // namespace
}  // namespace eqlc
