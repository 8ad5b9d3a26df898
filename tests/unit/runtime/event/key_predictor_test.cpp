#include "runtime/event/key_predictor.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

// Reads an event's keys, all below one node; the answer is the key's size. Returns how many were guessed.
int Read(KeyPredictor& predictor, const std::vector<std::string>& keys) {
  int guessed = 0;
  predictor.StartEvent();
  for (const std::string& key : keys) {
    const auto answer = static_cast<KeyPredictor::NodeId>(key.size());
    const auto guess = predictor.Guess(0, key);
    if (guess) {
      EXPECT_EQ(*guess, answer) << key;
      ++guessed;
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

TEST(KeyPredictorTest, TellsNodesApart) {
  KeyPredictor predictor;
  predictor.Learn(1, "name", 7);
  predictor.StartEvent();
  EXPECT_EQ(predictor.Guess(2, "name"), std::nullopt);
  EXPECT_EQ(predictor.Guess(1, "name"), 7u);
}

TEST(KeyPredictorTest, TakesKeysOfAnyKind) {
  KeyPredictor predictor;
  const std::vector<std::string> keys = {"", std::string(1000, 'x'), "\\u0041", std::string(44, 'y')};
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
