#include "runtime/event/event_record.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace eqlc {
namespace {

TEST(EventRecordTest, KeepsACopy) {
  SlabPool memory;
  std::string text = R"({"a":1})";
  EventRecord* record = EventRecord::Create(memory, text, 42);
  text.assign(text.size(), 'x');
  EXPECT_EQ(record->json(), R"({"a":1})");
  EXPECT_EQ(record->timestamp_ns(), 42);
  EXPECT_EQ(record->bytes(), 21 + text.size());
  record->Unref();
}

TEST(EventRecordTest, LivesAsLongAsItsLastReference) {
  SlabPool memory;
  EventRecord* record = EventRecord::Create(memory, "{}", 0);
  record->Ref();
  record->Unref();
  EXPECT_EQ(record->json(), "{}");
  record->Unref();
}

TEST(EventRecordTest, TextsOfEveryLengthAreWhole) {
  SlabPool memory;
  std::vector<EventRecord*> records;
  for (size_t size = 0; size < 2 * SlabPool::kLargest; ++size) {
    records.push_back(EventRecord::Create(memory, std::string(size, static_cast<char>('a' + size % 26)), 1));
  }
  for (size_t size = 0; size < records.size(); ++size) {
    EXPECT_EQ(records[size]->json(), std::string(size, static_cast<char>('a' + size % 26)));
    EXPECT_EQ(records[size]->AddKeeper(), 0u);
    records[size]->Unref();
  }
}

TEST(CurrentEventTest, MakesOneRecordForAll) {
  SlabPool memory;
  CurrentEvent event(memory);
  event.Reset("{}", 7);
  EventRecord* first = event.Retain();
  EventRecord* second = event.Retain();
  EXPECT_EQ(first, second);
  EXPECT_EQ(first->timestamp_ns(), 7);
  event.Reset("{\"b\":1}", 8);
  EXPECT_EQ(first->json(), "{}");  // outlives its turn
  EventRecord* next = event.Retain();
  EXPECT_EQ(next->json(), "{\"b\":1}");
  for (EventRecord* record : {first, second, next}) record->Unref();
}

TEST(CurrentEventTest, CopiesNothingUnlessAsked) {
  const std::string text = "{}";
  SlabPool memory;
  CurrentEvent event(memory);
  event.Reset(text, 1);
  EXPECT_EQ(event.json().data(), text.data());
}

}  // namespace
}  // namespace eqlc
