// Addresses and blocks: accepted and refused texts, containment, and sets against their blocks.
#include "runtime/value/cidr.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace eqlc {
namespace {

IpAddress Address(std::initializer_list<int> bytes) {
  IpAddress address{};
  size_t i = 0;
  for (const int byte : bytes) address[i++] = static_cast<uint8_t>(byte);
  return address;
}

TEST(CidrTest, ParsesEveryFormOfAddress) {
  const std::pair<std::string_view, IpAddress> cases[] = {
      {"1.2.3.4", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4})},
      {"0.0.0.0", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0})},
      {"255.255.255.255", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255})},
      {"::", Address({})},
      {"::1", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})},
      {"1::", Address({0, 1})},
      {"fe80::17", Address({0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x17})},
      {"FE80::AbCd", Address({0xFE, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xAB, 0xCD})},
      {"1:2:3:4:5:6:7:8", Address({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8})},
      {"0001:0002:0003:0004:0005:0006:0007:0008", Address({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8})},
      {"1:2:3:4:5:6:7::", Address({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0})},
      {"::2:3:4:5:6:7:8", Address({0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8})},
      {"1::4:5", Address({0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 5})},
      {"::ffff:1.2.3.4", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 1, 2, 3, 4})},
      {"::1.2.3.4", Address({0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4})},
      {"64:ff9b::192.0.2.33", Address({0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 33})},
      {"1:2:3:4:5:6:7.8.9.10", Address({0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 7, 8, 9, 10})},
  };
  for (const auto& [text, expected] : cases) {
    const auto address = ParseIp(text);
    ASSERT_TRUE(address.has_value()) << text;
    EXPECT_EQ(*address, expected) << text;
  }
}

TEST(CidrTest, RefusesEverythingElse) {
  for (const std::string_view text : {"",
                                      "1",
                                      "1.2.3",
                                      "1.2.3.",
                                      "1.2.3.4.",
                                      "1.2.3.4.5",
                                      ".1.2.3",
                                      "1..2.3",
                                      "1.2.3.256",
                                      "01.2.3.4",
                                      "1.2.3.04",
                                      "1.2.3.-4",
                                      "1.2.3.4 ",
                                      " 1.2.3.4",
                                      "0x1.2.3.4",
                                      "1.2.3.4/8",
                                      "1.2.3.1000",
                                      "a.b.c.d",
                                      ":",
                                      ":::",
                                      "::1::",
                                      "1::2::3",
                                      "1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:8:9",
                                      "1:2:3:4:5:6:7:8::",
                                      "::1:2:3:4:5:6:7:8",
                                      ":1:2:3:4:5:6:7",
                                      "1:2:3:4:5:6:7:",
                                      "12345::",
                                      "g::",
                                      "fe80::1%eth0",
                                      "[::1]",
                                      "::1.2.3",
                                      "1.2.3.4::",
                                      "::1.2.3.4:5",
                                      "1:2:3:4:5:6:7:1.2.3.4",
                                      "::256.1.1.1",
                                      "::1/64",
                                      "1:2:3:4:5:6:1.2.3.4:7"}) {
    EXPECT_FALSE(ParseIp(text).has_value()) << text;
  }
  EXPECT_FALSE(ParseIp(std::string(100'000, ':')).has_value());
  EXPECT_FALSE(ParseIp(std::string_view("1.2.3.4\0", 8)).has_value());
}

TEST(CidrTest, Containment) {
  const struct {
    std::string_view block, address;
    bool inside;
  } cases[] = {
      {"10.0.0.0/8", "10.255.0.1", true},
      {"10.0.0.0/8", "11.0.0.1", false},
      {"10.9.8.7/8", "10.1.1.1", true},
      {"172.16.0.0/12", "172.31.255.255", true},
      {"172.16.0.0/12", "172.32.0.0", false},
      {"192.0.2.9", "192.0.2.9", true},
      {"192.0.2.9", "192.0.2.8", false},
      {"192.0.2.9/32", "192.0.2.9", true},
      {"192.0.2.8/31", "192.0.2.9", true},
      {"0.0.0.0/0", "255.1.2.3", true},
      {"0.0.0.0/0", "fe80::1", false},
      {"0.0.0.0/0", "::ffff:9.9.9.9", true},
      {"10.0.0.0/8", "::ffff:10.1.2.3", true},
      {"::ffff:10.0.0.0/104", "10.1.2.3", true},
      {"fe80::/10", "febf::1", true},
      {"fe80::/10", "fec0::1", false},
      {"2001:db8::/32", "2001:db8:ffff::", true},
      {"2001:db8::1/128", "2001:db8::1", true},
      {"2001:db8::1", "2001:db8::2", false},
      {"::/0", "1234::", true},
  };
  for (const auto& c : cases) {
    const auto block = ParseCidr(c.block);
    ASSERT_TRUE(block.has_value()) << c.block;
    EXPECT_EQ(block->Contains(*ParseIp(c.address)), c.inside) << c.block << " and " << c.address;
    const auto set = CidrSet::Create(std::span(&c.block, 1));
    ASSERT_TRUE(set.ok());
    EXPECT_EQ(set->Contains(c.address), c.inside) << c.block << " and " << c.address;
  }
}

TEST(CidrTest, RefusedBlocks) {
  for (const std::string_view text :
       {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.0/8 ", "::/129",
        "::/", "10.0.0/8", "x/8", "10.0.0.0/a"}) {
    EXPECT_FALSE(ParseCidr(text).has_value()) << text;
    const std::string_view blocks[] = {"10.0.0.0/8", text};
    const auto set = CidrSet::Create(blocks);
    ASSERT_FALSE(set.ok());
    EXPECT_NE(set.error().message.find("'" + std::string(text) + "'"), std::string::npos);
  }
}

TEST(CidrTest, SetsAgreeWithTheirBlocks) {
  std::mt19937 random(13);
  const auto quad = [&] {
    std::string text;
    for (int i = 0; i < 4; ++i) text += (i > 0 ? "." : "") + std::to_string(random() % 3);
    return text;
  };
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> blocks;
    for (size_t i = random() % 6; i > 0; --i) blocks.push_back(quad() + "/" + std::to_string(random() % 33));
    const std::vector<std::string_view> views(blocks.begin(), blocks.end());
    const auto set = CidrSet::Create(views);
    ASSERT_TRUE(set.ok());
    for (int i = 0; i < 20; ++i) {
      const std::string address = quad();
      bool expected = false;
      for (const std::string& block : blocks) expected = expected || ParseCidr(block)->Contains(*ParseIp(address));
      ASSERT_EQ(set->Contains(address), expected) << address;
    }
  }
  EXPECT_FALSE(CidrSet::Create({})->Contains("1.2.3.4"));
  const std::string_view all = "::/0";
  EXPECT_FALSE(CidrSet::Create(std::span(&all, 1))->Contains("no address"));
}

TEST(FormatIpTest, IsTheShortestText) {
  const auto format = [](std::string_view text) { return FormatIp(*ParseIp(text)); };
  EXPECT_EQ(format("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(format("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(format("0:0:0:0:0:0:0:0"), "::");
  EXPECT_EQ(format("0:0:0:0:0:0:0:1"), "::1");
  EXPECT_EQ(format("FE80:0:0:0:0:0:0:0"), "fe80::");
  EXPECT_EQ(format("2001:db8:0:1:1:1:1:1"), "2001:db8:0:1:1:1:1:1") << "one group is no gap";
  EXPECT_EQ(format("2001:0:0:1:0:0:0:1"), "2001:0:0:1::1");
  EXPECT_EQ(format("2001:db8::1:0:0:1"), "2001:db8::1:0:0:1");
}

}  // namespace
}  // namespace eqlc
