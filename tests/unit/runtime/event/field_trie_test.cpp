#include "runtime/event/field_trie.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace eqlc {
namespace {

using NodeId = FieldTrie::NodeId;

constexpr std::string_view kFields[] = {"process.name", "process.parent.name", "user", "user.name", "a..b", ".",
                                        "end."};

TEST(FieldTrieTest, FindsPathsByPartsAndByDottedKeys) {
  const FieldTrie trie(kFields);
  const NodeId process = trie.Find(FieldTrie::kRoot, "process");
  ASSERT_NE(process, abi::kNone);
  EXPECT_EQ(trie.field(process), abi::kNone);
  EXPECT_TRUE(trie.has_children(process));
  EXPECT_EQ(trie.field(trie.Find(process, "name")), 0u);
  EXPECT_FALSE(trie.has_children(trie.Find(process, "name")));
  EXPECT_EQ(trie.Find(FieldTrie::kRoot, "process.name"), trie.Find(process, "name"));
  EXPECT_EQ(trie.field(trie.Find(process, "parent.name")), 1u);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, "process.parent.name")), 1u);
}

TEST(FieldTrieTest, ANodeMayBeAFieldAndHaveChildren) {
  const FieldTrie trie(kFields);
  const NodeId user = trie.Find(FieldTrie::kRoot, "user");
  EXPECT_EQ(trie.field(user), 2u);
  EXPECT_EQ(trie.field(trie.Find(user, "name")), 3u);
}

TEST(FieldTrieTest, KeepsEmptyParts) {
  const FieldTrie trie(kFields);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, "a..b")), 4u);
  EXPECT_EQ(trie.field(trie.Find(trie.Find(FieldTrie::kRoot, "a."), "b")), 4u);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, ".")), 5u);
  EXPECT_EQ(trie.field(trie.Find(trie.Find(FieldTrie::kRoot, ""), "")), 5u);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, "end.")), 6u);
}

TEST(FieldTrieTest, FindsNothingElse) {
  const FieldTrie trie(kFields);
  for (const std::string_view key : {"proces", "processx", "name", "process.", "process.namex", "process.name.x", "a",
                                     "a.b", "user.name.", "..", "Process"}) {
    const NodeId node = trie.Find(FieldTrie::kRoot, key);
    EXPECT_TRUE(node == abi::kNone || trie.field(node) == abi::kNone) << key;
  }
}

TEST(FieldTrieTest, APathMayBeTwoFields) {
  const std::string_view paths[] = {"a.b", "a.b", "c", "a"};
  const abi::FieldRole roles[] = {abi::FieldRole::kValue, abi::FieldRole::kWhole, abi::FieldRole::kComputed,
                                  abi::FieldRole::kWhole};
  const FieldTrie trie(paths, roles);
  const NodeId node = trie.Find(FieldTrie::kRoot, "a.b");
  EXPECT_EQ(trie.field(node), 0u);
  EXPECT_EQ(trie.whole(node), 1u);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, "a")), abi::kNone);
  EXPECT_EQ(trie.whole(trie.Find(FieldTrie::kRoot, "a")), 3u);
  EXPECT_EQ(trie.Find(FieldTrie::kRoot, "c"), abi::kNone) << "no event has a computed field";
}

TEST(FieldTrieTest, MayBeEmpty) {
  const FieldTrie trie({});
  EXPECT_EQ(trie.Find(FieldTrie::kRoot, "a"), abi::kNone);
  EXPECT_EQ(trie.Find(FieldTrie::kRoot, "a.b"), abi::kNone);
}

TEST(FieldTrieTest, HoldsThousandsOfFields) {
  std::vector<std::string> paths;
  for (int i = 0; i < 5000; ++i)
    paths.push_back("group" + std::to_string(i % 50) + ".field_with_a_long_name_" + std::to_string(i));
  const std::vector<std::string_view> views(paths.begin(), paths.end());
  const FieldTrie trie(views);
  for (size_t i = 0; i < paths.size(); ++i) {
    EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, paths[i])), i);
    EXPECT_EQ(trie.Find(FieldTrie::kRoot, paths[i] + "x"), abi::kNone);
  }
}

TEST(FieldTrieTest, TakesPathsOfManyParts) {
  std::string path = "a";
  for (int i = 0; i < 100'000; ++i) path += ".a";
  const std::string_view views[] = {path};
  const FieldTrie trie(views);
  EXPECT_EQ(trie.field(trie.Find(FieldTrie::kRoot, path)), 0u);
}

TEST(FieldTrieTest, KnowsWhichNodesLeadToFields) {
  const std::string_view fields[] = {"a.b.c", "a.d", "e", "e.f"};
  const FieldTrie trie(fields);
  const auto node = [&](std::string_view path) { return trie.Find(FieldTrie::kRoot, path); };
  const uint64_t wanted[] = {1 << 0 | 1 << 2};  // a.b.c and e
  const std::vector<bool> nodes = trie.NodesOf(wanted);
  ASSERT_EQ(nodes.size(), trie.node_count());
  for (const char* path : {"a", "a.b", "a.b.c", "e"}) EXPECT_TRUE(nodes[node(path)]) << path;
  for (const char* path : {"a.d", "e.f"}) EXPECT_FALSE(nodes[node(path)]) << path;
}

}  // namespace
}  // namespace eqlc
