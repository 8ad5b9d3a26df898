#include "runtime/keys/key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "eqlc/limits.hpp"
#include "runtime/keys/key_hash.h"

namespace eqlc {
namespace {

using abi::Bool;
using abi::Double;
using abi::Int;
using abi::Null;
using abi::String;
using abi::Uint;
using abi::Value;
using ::testing::ElementsAre;

std::string Encode(const Value& value) {
  std::string bytes;
  AppendKeyComponent(value, bytes);
  return bytes;
}

std::vector<std::string> Json(std::string_view key) {
  std::vector<std::string> json;
  KeyToJson(key, json);
  return json;
}

TEST(KeyTest, EqualityIsByTypeAndNumericValue) {
  const struct {
    Value a;
    Value b;
    bool equal;
  } kCases[] = {
      {Int(5), Int(5), true},
      {Int(5), Double(5.0), true},
      {Int(0), Double(-0.0), true},
      {Int(INT64_MIN), Double(-9223372036854775808.0), true},
      {Uint(uint64_t{1} << 63), Double(9223372036854775808.0), true},
      {Uint(UINT64_MAX), Double(18446744073709551616.0), false},
      {Int(INT64_MAX), Double(9223372036854775807.0), false},  // rounds up to 2^63
      {Int(5), Double(5.5), false},
      {Int(-1), Uint(UINT64_MAX), false},
      {Int(5), String("5"), false},
      {Int(1), Bool(true), false},
      {Bool(true), Bool(false), false},
      {String("a"), String("A"), false},
      {String(""), Null(), false},
      {Null(), Null(), true},
      {Double(1e300), Double(1e300), true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Encode(c.a) == Encode(c.b), c.equal) << Json(Encode(c.a))[0] << " and " << Json(Encode(c.b))[0];
  }
}

TEST(KeyTest, ReadsBackAsJson) {
  const struct {
    Value value;
    const char* json;
  } kCases[] = {
      {Null(), "null"},
      {Bool(false), "false"},
      {Bool(true), "true"},
      {Int(0), "0"},
      {Int(-1), "-1"},
      {Int(INT64_MIN), "-9223372036854775808"},
      {Int(INT64_MAX), "9223372036854775807"},
      {Uint(UINT64_MAX), "18446744073709551615"},
      {Double(2.5), "2.5"},
      {Double(1e300), "1e+300"},
      {Double(7.0), "7"},
      {Double(INFINITY), "null"},
      {String(""), "\"\""},
      {String("a\"b\\c\n\t\r\x01\x1f"), R"("a\"b\\c\n\t\r\u0001\u001f")"},
      {String("caf\xc3\xa9"), "\"caf\xc3\xa9\""},
  };
  for (const auto& c : kCases) EXPECT_THAT(Json(Encode(c.value)), ElementsAre(c.json));
}

TEST(KeyTest, OrderIsThatOfElasticsearch) {
  const Value ascending[] = {Null(),
                             Bool(false),
                             Bool(true),
                             Double(-1e300),
                             Int(INT64_MIN),
                             Int(-1),
                             Double(-0.5),
                             Int(0),
                             Double(0.5),
                             Int(2),
                             Int(10),
                             Int(INT64_MAX),
                             Uint(uint64_t{1} << 63),
                             Uint(UINT64_MAX),
                             Double(1e300),
                             String(""),
                             String("10"),
                             String("2"),
                             String("A"),
                             String("a"),
                             String("aa"),
                             String("caf\xc3\xa9")};
  for (size_t i = 0; i < std::size(ascending); ++i) {
    for (size_t j = 0; j < std::size(ascending); ++j) {
      const int order = CompareKeys(Encode(ascending[i]), Encode(ascending[j]));
      EXPECT_EQ(order < 0, i < j) << i << " " << j;
      EXPECT_EQ(order == 0, i == j) << i << " " << j;
    }
  }
  const std::string a = Encode(String("a")), b = Encode(String("b"));
  EXPECT_LT(CompareKeys(a + b, b + a), 0) << "the first component decides first";
  EXPECT_GT(CompareKeys(a + b, a + a), 0);
  EXPECT_EQ(CompareKeys("", ""), 0) << "no components";
}

TEST(KeyTest, ComponentsDoNotRunIntoEachOther) {
  EXPECT_NE(Encode(String("ab")) + Encode(String("c")), Encode(String("a")) + Encode(String("bc")));
  EXPECT_THAT(Json(Encode(String("ab")) + Encode(Int(300)) + Encode(Null())), ElementsAre("\"ab\"", "300", "null"));
  const std::string text(1000, 'x');
  EXPECT_THAT(Json(Encode(String(text))), ElementsAre('"' + text + '"'));
  EXPECT_THAT(Json(""), ElementsAre());
}

// A frame of fields with the given values.
struct Frame {
  explicit Frame(const std::vector<std::vector<Value>>& fields) {
    for (const auto& field : fields) {
      const auto count = static_cast<uint32_t>(field.size());
      slots.push_back({static_cast<uint32_t>(values.size()), count, count, 0});
      values.insert(values.end(), field.begin(), field.end());
    }
    frame = {slots.data(), values.data(), nullptr, nullptr, 1, 0};
  }

  std::vector<abi::FieldSlot> slots;
  std::vector<Value> values;
  abi::EventFrame frame{};
};

std::vector<std::string> KeysOf(const std::vector<abi::ImageKey>& fields,
                                const std::vector<std::vector<Value>>& values) {
  KeySet keys;
  keys.Extract(fields, Frame(values).frame);
  std::vector<std::string> texts;
  for (size_t i = 0; i < keys.size(); ++i) {
    std::string text;
    for (const std::string& component : Json(keys.key(i))) text += component + ' ';
    texts.push_back(text);
  }
  return texts;
}

constexpr abi::ImageKey kMandatory0{0, 0};
constexpr abi::ImageKey kMandatory1{1, 0};
constexpr abi::ImageKey kOptional1{1, 1};

TEST(KeySetTest, ValuesCompareByTheTypeOfTheKey) {
  using abi::KeyType;
  const auto key = [](KeyType type, std::vector<Value> values) {
    return KeysOf({abi::ImageKey{.field = 0, .optional = 0, .type = type}}, {std::move(values)});
  };
  EXPECT_THAT(key(KeyType::kText, {Int(5), String("5"), abi::Bool(true)}), ElementsAre("\"5\" ", "\"true\" "));
  EXPECT_THAT(key(KeyType::kNumber, {Int(5), String("5.0"), String("x")}), ElementsAre("5 ", "\"x\" "));
  EXPECT_THAT(key(KeyType::kBool, {abi::Bool(true), String("true"), String("no")}), ElementsAre("true ", "\"no\" "));
  EXPECT_THAT(key(KeyType::kIp, {String("::ffff:10.0.0.1"), String("10.0.0.1"), String("x"), String("0:0:0:0::1")}),
              ElementsAre("\"10.0.0.1\" ", "\"::1\" ", "\"x\" "));
  EXPECT_THAT(key(KeyType::kDateMillis, {String("1970-01-01"), Int(0), String("0"), String("x")}),
              ElementsAre("\"1970-01-01T00:00:00.000Z\" ", "\"x\" "));
  EXPECT_THAT(key(KeyType::kDateNanos, {String("0.000001"), Int(0)}),
              ElementsAre("\"1970-01-01T00:00:00.000000001Z\" ", "\"1970-01-01T00:00:00.000Z\" "));
  EXPECT_THAT(key(KeyType::kEpochMillis, {String("1970-01-01T00:00:01Z"), Int(1000)}), ElementsAre("1000 "));
}

TEST(KeySetTest, MandatoryAndOptionalFields) {
  EXPECT_THAT(KeysOf({}, {}), ElementsAre(""));
  EXPECT_THAT(KeysOf({kMandatory0, kMandatory1}, {{Int(1)}, {String("a")}}), ElementsAre("1 \"a\" "));
  EXPECT_THAT(KeysOf({kMandatory0, kMandatory1}, {{Int(1)}, {}}), ElementsAre());
  EXPECT_THAT(KeysOf({kMandatory0, kOptional1}, {{Int(1)}, {}}), ElementsAre("1 null "));
}

TEST(KeySetTest, SeveralValuesGiveTheProductOfDistinctOnes) {
  EXPECT_THAT(KeysOf({kMandatory0}, {{String("a"), String("b"), String("a")}}), ElementsAre("\"a\" ", "\"b\" "));
  EXPECT_THAT(KeysOf({kMandatory0}, {{Int(1), Double(1.0)}}), ElementsAre("1 "));
  EXPECT_THAT(KeysOf({kMandatory0, kMandatory1}, {{Int(1), Int(2)}, {Int(3), Int(4)}}),
              ElementsAre("1 3 ", "1 4 ", "2 3 ", "2 4 "));
  EXPECT_THAT(KeysOf({kMandatory0, kOptional1}, {{Int(1), Int(2)}, {}}), ElementsAre("1 null ", "2 null "));
  EXPECT_THAT(KeysOf({kMandatory0, kMandatory1}, {{Int(1), Int(2)}, {}}), ElementsAre());
}

// Whatever the order in the event: docs/semantics.md section 5.8.
TEST(KeySetTest, SeveralKeysComeInTheirOrder) {
  EXPECT_THAT(KeysOf({kMandatory0}, {{String("b"), String("a"), Int(10), Bool(true), Int(9), String("B")}}),
              ElementsAre("true ", "9 ", "10 ", "\"B\" ", "\"a\" ", "\"b\" "));
  EXPECT_THAT(KeysOf({kMandatory0, kMandatory1}, {{Int(2), Int(1)}, {String("y"), String("x")}}),
              ElementsAre("1 \"x\" ", "1 \"y\" ", "2 \"x\" ", "2 \"y\" "));
}

TEST(KeySetTest, ProductIsCutOff) {
  std::vector<Value> many;
  for (int i = 0; i < 2000; ++i) many.push_back(Int(i));
  EXPECT_EQ(KeysOf({kMandatory0}, {many}).size(), limits::kMaxKeysPerEvent);
  EXPECT_EQ(KeysOf({kMandatory0, kMandatory1}, {many, many}).size(), limits::kMaxKeysPerEvent);
  const std::string long_text(1u << 20, 'x');
  EXPECT_LE(KeysOf({kMandatory0, kMandatory1}, {many, {String(long_text)}}).size(), 4u);
}

TEST(KeySetTest, SingleKeyEqualsTheExtractedOne) {
  const Value a = String("host");
  const std::vector<abi::ImageKey> fields = {kMandatory0, kOptional1};
  KeySet extracted;
  extracted.Extract(fields, Frame({{a}, {}}).frame);
  const Value* const values[] = {&a, nullptr};
  KeySet single;
  single.SetSingle(fields, values);
  ASSERT_EQ(single.size(), 1u);
  EXPECT_EQ(single.key(0), extracted.key(0));
  EXPECT_EQ(single.hash(0), extracted.hash(0));
}

// Computed with an independent implementation of SipHash-1-3, key bytes 00..0f.
TEST(KeyHashTest, IsSipHash13) {
  constexpr HashKey kKey{0x0706050403020100, 0x0f0e0d0c0b0a0908};
  const struct {
    size_t size;
    uint64_t hash;
  } kCases[] = {{0, 0xabac0158050fc4dc}, {1, 0xc9f49bf37d57ca93},  {7, 0xd3927d989bb11140},
                {8, 0x369095118d299a8e}, {15, 0xd320d86d2a519956}, {63, 0x9d199062b7bbb3a8}};
  for (const auto& c : kCases) {
    std::string text;
    for (size_t i = 0; i < c.size; ++i) text += static_cast<char>(i);
    EXPECT_EQ(SipHash13(kKey, text), c.hash) << c.size;
  }
  EXPECT_EQ(KeyedHash("abc"), KeyedHash("abc"));
  EXPECT_NE(KeyedHash("abc"), KeyedHash("abd"));
}

}  // namespace
}  // namespace eqlc
