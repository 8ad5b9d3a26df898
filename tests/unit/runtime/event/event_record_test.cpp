#include "runtime/event/event_record.h"

#include <gtest/gtest.h>

#include <string>

namespace eqlc {
namespace {

TEST(EventRecordTest, KeepsACopy) {
  std::string text = R"({"a":1})";
  EventRecord* record = EventRecord::Create(text, 42);
  text.assign(text.size(), 'x');
  EXPECT_EQ(record->json(), R"({"a":1})");
  EXPECT_EQ(record->timestamp_ns(), 42);
  EXPECT_EQ(record->bytes(), sizeof(EventRecord) + text.size());
  record->Unref();
}

TEST(EventRecordTest, LivesAsLongAsItsLastReference) {
  EventRecord* record = EventRecord::Create("{}", 0);
  record->Ref();
  record->Unref();
  EXPECT_EQ(record->json(), "{}");
  record->Unref();
}

TEST(CurrentEventTest, MakesOneRecordForAll) {
  CurrentEvent event;
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
  CurrentEvent event;
  event.Reset(text, 1);
  EXPECT_EQ(event.json().data(), text.data());
}

}  // namespace
}  // namespace eqlc
