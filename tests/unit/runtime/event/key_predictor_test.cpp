#include "runtime/event/key_predictor.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

// The bytes of an event at a key, with enough behind it.
std::string At(const std::string& key) { return '"' + key + "\":1}" + std::string(KeyPredictor::kWindow, ' '); }

const KeyPredictor::NodeId* Guess(KeyPredictor& predictor, KeyPredictor::NodeId node, const std::string& key) {
  return predictor.Guess(node, At(key).data(), static_cast<uint32_t>(key.size() + 2));
}

// Reads an event's keys, all below one node; the answer is the key's size. Returns how many were guessed.
int Read(KeyPredictor& predictor, const std::vector<std::string>& keys) {
  int guessed = 0;
  predictor.StartEvent();
  for (const std::string& key : keys) {
    const auto answer = static_cast<KeyPredictor::NodeId>(key.size());
    if (const auto* guess = Guess(predictor, 0, key)) {
      EXPECT_EQ(*guess, answer) << key;
      ++guessed;
    } else if (const auto* known = predictor.Recall(0, key)) {
      EXPECT_EQ(*known, answer) << key;
    } else {
      predictor.Learn(0, key, answer);
    }
  }
  return guessed;
}

TEST(KeyPredictorTest, GuessesWhatFollowedLastTime) {
  KeyPredictor predictor;
  EXPECT_EQ(Read(predictor, {"a", "bb", "ccc"}), 0);
  EXPECT_EQ(Read(predictor, {"a", "bb", "ccc"}), 3);
  EXPECT_EQ(Read(predictor, {"a", "ccc", "bb"}), 1);
  EXPECT_EQ(Read(predictor, {"a", "ccc", "bb"}), 3);
}

TEST(KeyPredictorTest, FollowsThreeKindsOfEventsThatAlternate) {
  KeyPredictor predictor;
  const std::vector<std::vector<std::string>> kinds = {{"a", "bb", "ccc"}, {"a", "dddd", "ccc"}, {"a", "eeeee", "ccc"}};
  for (const auto& keys : kinds) Read(predictor, keys);
  for (int i = 0; i < 3; ++i) {
    for (const auto& keys : kinds) EXPECT_EQ(Read(predictor, keys), 3);
  }
}

TEST(KeyPredictorTest, TellsNodesApart) {
  KeyPredictor predictor;
  predictor.Learn(1, "name", 7);
  predictor.StartEvent();
  EXPECT_EQ(Guess(predictor, 2, "name"), nullptr);
  ASSERT_NE(Guess(predictor, 1, "name"), nullptr);
}

TEST(KeyPredictorTest, ComparesTheWholeKey) {
  for (const size_t size : {1, 13, 14, 28, 29, 30, 31, 44, 45}) {
    const std::string key(size, 'k');
    KeyPredictor predictor;
    predictor.Learn(0, key, 5);
    for (size_t i = 0; i < size; ++i) {
      std::string other = key;
      other[i] = 'x';
      predictor.StartEvent();
      EXPECT_EQ(Guess(predictor, 0, other), nullptr) << size << ' ' << i;
    }
    predictor.StartEvent();
    EXPECT_NE(Guess(predictor, 0, key), nullptr) << size;
  }
}

TEST(KeyPredictorTest, AsksForQuotesAndColon) {
  KeyPredictor predictor;
  predictor.Learn(0, "name", 7);
  for (const char* text : {"\"name\"x", "\"namex:", "xname\":", "\"nam\":x"}) {
    predictor.StartEvent();
    EXPECT_EQ(predictor.Guess(0, (text + std::string(KeyPredictor::kWindow, ' ')).data(), 6), nullptr) << text;
  }
}

TEST(KeyPredictorTest, TakesKeysOfAnyKind) {
  KeyPredictor predictor;
  const std::vector<std::string> keys = {"", std::string(1000, 'x'), "\\u0041", std::string(45, 'y')};
  Read(predictor, keys);
  EXPECT_EQ(Read(predictor, keys), 3) << "all but the long one";
}

// A flood of keys that never come again must not keep it from learning those that do.
TEST(KeyPredictorTest, StartsAfreshAfterTooManyKeys) {
  KeyPredictor predictor;
  std::vector<std::string> flood;
  for (int i = 0; i < 20'000; ++i) flood.push_back("k" + std::to_string(i));
  Read(predictor, flood);
  Read(predictor, {"a", "bb", "ccc"});
  EXPECT_EQ(Read(predictor, {"a", "bb", "ccc"}), 3);
}

}  // namespace
}  // namespace eqlc
