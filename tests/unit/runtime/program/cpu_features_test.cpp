#include "runtime/program/cpu_features.h"

#include <gtest/gtest.h>

namespace eqlc {
namespace {

TEST(CpuFeatures, NamesWhatIsMissing) {
  EXPECT_EQ(MissingCpuFeatures(""), "");
  EXPECT_EQ(MissingCpuFeatures("telepathy"), "telepathy");
  EXPECT_EQ(MissingCpuFeatures("telepathy,levitation"), "telepathy,levitation");
}

TEST(CpuFeatures, WhatThisMachineHasIsNotMissing) {
  for (const CpuFeature& feature : CpuFeatures()) {
    EXPECT_EQ(MissingCpuFeatures(feature.name), feature.available ? "" : feature.name);
    EXPECT_EQ(MissingCpuFeatures(std::string("telepathy,") + feature.name),
              feature.available ? "telepathy" : std::string("telepathy,") + feature.name);
  }
}

}  // namespace
}  // namespace eqlc
