#include "runtime/sequence/state.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "eqlc/limits.hpp"
#include "runtime/sequence/event_time.h"

namespace eqlc::abi {
namespace {

// PartialAbsence::gap_ns of a partial whose absence in the middle was violated. It lives on, takes part in everything,
// and is discarded at completion: dropping it early would change other matches.
constexpr int64_t kDoomed = INT64_MAX;

// Slots looked at for expiry per event, so that none waits for many: each may be a cache miss or two. An event opens
// fewer, and the events that come next see to the rest.
constexpr size_t kExpirySlotsPerEvent = 16;

// A longer key is refused and counted; it would have to be nearly the whole of the longest event.
constexpr size_t kMaxKeyBytes = 32u << 20;

// Node of std::set: three pointers, colour, value, malloc header.
constexpr size_t kPendingNodeBytes = 48;
// ... of std::map<uint64_t, Accepted>, without a long key's text.
constexpr size_t kAcceptedNodeBytes = 88;

size_t PendingNodeBytes(MatchOrder order) {
  return order == MatchOrder::kAsListed ? 2 * kPendingNodeBytes : kPendingNodeBytes;
}

int64_t SaturatingAdd(int64_t a, int64_t b) {
  int64_t sum;
  return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

}  // namespace

SequenceState::SequenceState(const SequencePlan& plan, MatchOrder order, StateBudget& budget, MatchReceiver& receiver,
                             PartialFilter* filter)
    : plan_(plan),
      order_(order),
      budget_(budget),
      receiver_(receiver),
      filter_(filter),
      first_times_offset_(offsetof(KeyState, slots) + plan.slot_count() * sizeof(EventNode*)),
      absence_offset_(first_times_offset_ + (plan.slot_count() > 1 ? plan.slot_count() - 1 : 0) * sizeof(int64_t)),
      key_offset_(absence_offset_ + (plan.has_missing() ? sizeof(KeyAbsence) : 0) +
                  (plan.has_missing() ? plan.slot_count() * sizeof(PartialAbsence) : 0)),
      table_(budget, key_offset_),
      wheel_(std::max<int64_t>(plan.maxspan_ns, 0)) {
  budget_.Register(*this);
}

SequenceState::~SequenceState() {
  for (const auto& [serial, match] : accepted_) {
    budget_.Discharge(kAcceptedNodeBytes + match.key.size());
    ReleaseEvents(budget_, match.events);
  }
  accepted_.clear();
  uint64_t dropped = 0;
  while (EvictOldest(dropped)) {
  }
  assert(table_.size() == 0 && pending_.empty());
  budget_.Unregister(*this);
}

int64_t& SequenceState::KeptFirstTime(KeyState* key, uint32_t slot) const {
  assert(slot > 0);
  return reinterpret_cast<int64_t*>(reinterpret_cast<char*>(key) + first_times_offset_)[slot - 1];
}

int64_t SequenceState::FirstTime(KeyState* key, uint32_t slot) const {
  return slot > 0 ? KeptFirstTime(key, slot) : TimeOf(*NewestEvent(Slot(key, slot)));
}

KeyAbsence& SequenceState::AbsenceOf(KeyState* key) const {
  assert(plan_.has_missing());
  return *reinterpret_cast<KeyAbsence*>(reinterpret_cast<char*>(key) + absence_offset_);
}

PartialAbsence& SequenceState::AbsenceOf(KeyState* key, uint32_t slot) const {
  return reinterpret_cast<PartialAbsence*>(&AbsenceOf(key) + 1)[slot];
}

// --- keys ---

uint32_t SequenceState::Keys(const EventFrame& frame, uint32_t item) {
  const uint32_t list = plan_.items[item].key_list;
  if (list != extracted_list_) keys_.Extract(plan_.key_lists[list], frame);
  extracted_list_ = list;
  return static_cast<uint32_t>(keys_.size());
}

void SequenceState::SetSingleKey(uint32_t item, std::span<const Value* const> values) {
  keys_.SetSingle(plan_.key_lists[plan_.items[item].key_list], values);
  extracted_list_ = kNone;
}

KeyState* SequenceState::Find(uint32_t index, bool create) {
  const std::string_view bytes = keys_.key(index);
  KeyState* key = table_.Find(keys_.hash(index), bytes);
  if (key == nullptr) return create ? NewKey(keys_.hash(index), bytes) : nullptr;
  if (key->timer_ns != kNoTime && key->timer_ns < clock_ns_) {
    Purge(key);
    MarkMaybeIdle(key);
  }
  return key;
}

KeyState* SequenceState::NewKey(uint32_t hash, std::string_view bytes) {
  const size_t size = KeyStateBytes(bytes.size());
  void* memory = bytes.size() <= kMaxKeyBytes ? budget_.Allocate(size) : nullptr;
  if (memory == nullptr) return Lose(1), nullptr;
  std::memset(memory, 0, key_offset_);
  auto* key = static_cast<KeyState*>(memory);
  key->timer_ns = kNoTime;
  key->hash = hash;
  key->key_size = static_cast<uint32_t>(bytes.size()) & INT32_MAX;
  std::memcpy(static_cast<char*>(memory) + key_offset_, bytes.data(), bytes.size());
  if (plan_.has_missing()) AbsenceOf(key) = {kNoTime, kNoTime, nullptr};
  if (!table_.Insert(key)) {
    budget_.Free(memory, size);
    return Lose(1), nullptr;
  }
  key_bytes_ += size;
  MarkMaybeIdle(key);
  return key;
}

void SequenceState::FreeKey(KeyState* key) {
  wheel_.Disarm(key);
  KeyQueue::Remove(key);
  table_.Remove(key);
  const size_t size = KeyStateBytes(key->key_size);
  key_bytes_ -= size;
  budget_.Free(key, size);
}

void SequenceState::MarkMaybeIdle(KeyState* key) {
  if (key->maybe_idle) return;
  key->maybe_idle = 1;
  maybe_idle_.push_back(key);
}

bool SequenceState::IsIdle(KeyState* key) const {
  if (plan_.has_missing()) {
    const KeyAbsence& absence = AbsenceOf(key);
    if (absence.last_lead_ns != kNoTime || absence.pending != nullptr) return false;
  }
  return std::all_of(key->slots, key->slots + plan_.slot_count(),
                     [](const EventNode* events) { return events == nullptr; });
}

void SequenceState::FreeIdleKeys() {
  for (KeyState* key : maybe_idle_) {
    key->maybe_idle = 0;
    if (IsIdle(key)) FreeKey(key);
  }
  maybe_idle_.clear();
}

void SequenceState::Touch(KeyState* key) {
  if (plan_.bounded()) {
    // From the clock rather than from the event's time: a late event gets its maxspan, too, and one event with a time
    // far in the future does not make every later partial expired at birth.
    if (key->timer_ns == kNoTime) wheel_.Arm(key, SaturatingAdd(clock_ns_, plan_.maxspan_ns));
  } else {
    KeyQueue::Remove(key);
    by_update_.PushBack(key);
  }
}

// --- slots ---

void SequenceState::Put(KeyState* key, uint32_t slot, EventNode* events, int64_t first_ns, PartialAbsence absence) {
  EventNode*& target = Slot(key, slot);
  if (target != nullptr) Drop(key, slot);
  target = events;
  if (slot > 0) KeptFirstTime(key, slot) = first_ns;
  if (plan_.has_missing()) AbsenceOf(key, slot) = absence;
  ++budget_.open_partials;
  Touch(key);
}

bool SequenceState::Admits(const KeyState* key, uint32_t slot, uint32_t item) {
  partial_events_.resize(slot + 1);
  uint32_t stage = slot + 1;
  VisitEvents(*(key->slots + slot), [&](EventRecord* record) { partial_events_[--stage] = record; });
  return filter_->Admits(plan_.items[item].residual, partial_events_);
}

void SequenceState::Drop(KeyState* key, uint32_t slot) {
  EventNode*& target = Slot(key, slot);
  if (target == nullptr) return;
  ReleaseEvents(budget_, target);
  target = nullptr;
  --budget_.open_partials;
  MarkMaybeIdle(key);
}

void SequenceState::Clear(KeyState* key) {
  for (uint32_t s = 0; s < plan_.slot_count(); ++s) Drop(key, s);
}

void SequenceState::Start(KeyState* key, int64_t timestamp_ns) {
  EventRecord* record = budget_.Keep(*event_);
  if (record == nullptr) return Lose(1);
  PartialAbsence absence{kNoTime, kNoTime};
  if (plan_.has_leading) {
    const KeyAbsence& leads = AbsenceOf(key);
    absence.lead_ns = leads.last_lead_ns < timestamp_ns ? leads.last_lead_ns : leads.previous_lead_ns;
    if (absence.lead_ns >= timestamp_ns) absence.lead_ns = kNoTime;
  }
  EventNode* events = SingleEvent(record);
  if (plan_.stages == 1) return Complete(key, events, timestamp_ns, timestamp_ns, absence);
  assert(TimeOf(*record) == timestamp_ns);
  Put(key, 0, events, timestamp_ns, absence);
}

void SequenceState::Extend(KeyState* key, uint32_t item, uint32_t stage, int64_t timestamp_ns) {
  const uint32_t slot = stage - 1;
  assert(Slot(key, slot) != nullptr);
  // A late event does not follow the partial, and does not use it up.
  if (timestamp_ns < TimeOf(*NewestEvent(Slot(key, slot)))) return;
  // One that does not match for this partial leaves it alone, however old it is.
  if (plan_.items[item].residual != kNone && !Admits(key, slot, item)) return;
  const int64_t first_ns = FirstTime(key, slot);
  if (plan_.bounded() && timestamp_ns - first_ns > plan_.maxspan_ns) return Drop(key, slot);
  Append(key, stage, first_ns, timestamp_ns);
}

void SequenceState::Append(KeyState* key, uint32_t stage, int64_t first_ns, int64_t timestamp_ns) {
  EventNode*& source = Slot(key, stage - 1);
  EventNode* events = source;
  if (plan_.forks[stage]) {
    events = CopyEvents(budget_, events);
    if (events == nullptr) return Lose(1);
  } else {
    source = nullptr;
    --budget_.open_partials;
    MarkMaybeIdle(key);
  }

  EventRecord* record = budget_.Keep(*event_);
  if (record == nullptr) ReleaseEvents(budget_, events);
  events = record != nullptr ? AppendEvent(budget_, events, record) : nullptr;
  if (events == nullptr) return Lose(1);

  PartialAbsence absence{kNoTime, kNoTime};
  if (plan_.has_missing()) {
    absence = AbsenceOf(key, stage - 1);
    const bool violated = absence.gap_ns == kDoomed || (absence.gap_ns != kNoTime && absence.gap_ns < timestamp_ns);
    absence.gap_ns = violated ? kDoomed : kNoTime;
  }
  if (stage + 1 == plan_.stages) return Complete(key, events, first_ns, timestamp_ns, absence);
  Put(key, stage, events, first_ns, absence);
}

uint64_t SequenceState::DropAll(KeyState* key) {
  const uint64_t before = budget_.open_partials;
  Clear(key);
  if (plan_.has_missing()) {
    KeyAbsence& absence = AbsenceOf(key);
    while (absence.pending != nullptr) {
      PendingMatch* match = absence.pending;
      ReleaseEvents(budget_, match->events);
      ForgetPending(match);
    }
    absence.last_lead_ns = absence.previous_lead_ns = kNoTime;
    ReportAccepted();
  }
  return before - budget_.open_partials;
}

// --- completion ---

void SequenceState::Complete(KeyState* key, EventNode* events, int64_t start_ns, int64_t end_ns,
                             PartialAbsence absence) {
  const bool leading = plan_.has_leading;
  if (absence.gap_ns == kDoomed) return ReleaseEvents(budget_, events);
  if (leading && absence.lead_ns == kNoTime) return Accept(next_serial_++, key, events);
  if (!leading && !plan_.has_trailing) return Accept(next_serial_++, key, events);

  const int64_t from = leading ? absence.lead_ns : start_ns;
  const int64_t deadline = plan_.bounded() ? SaturatingAdd(from, plan_.maxspan_ns) : INT64_MAX;
  if (end_ns > deadline) return Accept(next_serial_++, key, events);
  if (!plan_.has_trailing) return ReleaseEvents(budget_, events);
  if (end_ns == deadline) return Accept(next_serial_++, key, events);
  Pend(key, events, end_ns, deadline);
}

void SequenceState::Accept(uint64_t serial, KeyState* key, EventNode* events) {
  if (undecided_.empty() || serial < *undecided_.begin()) {
    Report(table_.KeyOf(key), events);
  } else {
    const std::string_view bytes = table_.KeyOf(key);
    budget_.Charge(kAcceptedNodeBytes + bytes.size());
    accepted_bytes_ += kAcceptedNodeBytes + bytes.size();
    accepted_.emplace(serial, Accepted{std::string(bytes), events});
  }
  ReportAccepted();
}

void SequenceState::ReportAccepted() {
  while (!accepted_.empty() && (undecided_.empty() || accepted_.begin()->first < *undecided_.begin())) {
    ReportFirstAccepted();
  }
}

void SequenceState::ReportFirstAccepted() {
  const auto first = accepted_.extract(accepted_.begin());
  budget_.Discharge(kAcceptedNodeBytes + first.mapped().key.size());
  accepted_bytes_ -= kAcceptedNodeBytes + first.mapped().key.size();
  Report(first.mapped().key, first.mapped().events);
}

void SequenceState::Report(std::string_view key, EventNode* events) {
  match_events_.assign(plan_.place_count, nullptr);
  uint32_t stage = plan_.stages;
  VisitEvents(events, [&](EventRecord* record) { match_events_[plan_.places[--stage]] = record; });
  KeyToJson(key, match_keys_);
  receiver_.OnMatch({plan_.rule, match_events_, match_keys_});
  ReleaseEvents(budget_, events);
}

void SequenceState::Pend(KeyState* key, EventNode* events, int64_t end_ns, int64_t deadline_ns) {
  void* memory = budget_.Allocate(sizeof(PendingMatch));
  if (memory == nullptr) return ReleaseEvents(budget_, events), Lose(1);
  PendingMatch*& first = AbsenceOf(key).pending;
  auto* match = new (memory) PendingMatch{deadline_ns, end_ns, next_serial_++, key, nullptr, first, events};
  if (first != nullptr) first->earlier = match;
  first = match;
  pending_.insert(match);
  if (order_ == MatchOrder::kAsListed) undecided_.insert(match->serial);
  budget_.Charge(PendingNodeBytes(order_));
  ++budget_.open_partials;
}

void SequenceState::ForgetPending(PendingMatch* match) {
  pending_.erase(match);
  undecided_.erase(match->serial);
  (match->earlier != nullptr ? match->earlier->later : AbsenceOf(match->key).pending) = match->later;
  if (match->later != nullptr) match->later->earlier = match->earlier;
  MarkMaybeIdle(match->key);
  budget_.Free(match, sizeof(PendingMatch));
  budget_.Discharge(PendingNodeBytes(order_));
  --budget_.open_partials;
}

void SequenceState::Release(PendingMatch* match) {
  const PendingMatch released = *match;
  ForgetPending(match);
  Accept(released.serial, released.key, released.events);
}

void SequenceState::ReleaseDue(int64_t now_ns) {
  while (!pending_.empty() && (*pending_.begin())->deadline_ns < now_ns) Release(*pending_.begin());
}

// --- missing items ---

void SequenceState::Missing(const EventFrame& frame, uint32_t item, int64_t timestamp_ns) {
  const PlanItem& plan = plan_.items[item];
  const uint32_t keys = Keys(frame, item);
  for (uint32_t i = 0; i < keys; ++i) {
    KeyState* key = Find(i, plan.kind == ItemKind::kLeading);
    if (key == nullptr) continue;
    switch (plan.kind) {
      case ItemKind::kLeading:
        HitLeading(key, timestamp_ns);
        break;
      case ItemKind::kMiddle:
        HitMiddle(key, plan.first_stage, timestamp_ns);
        break;
      case ItemKind::kTrailing:
        HitTrailing(key, timestamp_ns);
        break;
      case ItemKind::kPositive:
      case ItemKind::kUntil:
        assert(false);
    }
  }
}

void SequenceState::HitLeading(KeyState* key, int64_t timestamp_ns) {
  KeyAbsence& absence = AbsenceOf(key);
  if (timestamp_ns > absence.last_lead_ns) {
    absence.previous_lead_ns = absence.last_lead_ns;
    absence.last_lead_ns = timestamp_ns;
  } else if (timestamp_ns < absence.last_lead_ns) {
    absence.previous_lead_ns = std::max(absence.previous_lead_ns, timestamp_ns);
  }
  Touch(key);
}

void SequenceState::HitMiddle(KeyState* key, uint32_t slot, int64_t timestamp_ns) {
  const EventNode* events = Slot(key, slot);
  if (events == nullptr || TimeOf(*NewestEvent(events)) >= timestamp_ns) return;
  int64_t& gap = AbsenceOf(key, slot).gap_ns;
  if (gap == kNoTime || (gap != kDoomed && timestamp_ns < gap)) gap = timestamp_ns;
}

void SequenceState::HitTrailing(KeyState* key, int64_t timestamp_ns) {
  for (PendingMatch* match = AbsenceOf(key).pending; match != nullptr;) {
    PendingMatch* const next = match->later;
    if (timestamp_ns > match->end_ns && timestamp_ns <= match->deadline_ns) {
      ReleaseEvents(budget_, match->events);
      ForgetPending(match);
    }
    match = next;
  }
  ReportAccepted();
}

// --- time and memory ---

void SequenceState::Purge(KeyState* key) {
  wheel_.Disarm(key);
  int64_t earliest = INT64_MAX;
  const auto expired = [&](int64_t first_ns) {
    const int64_t until = SaturatingAdd(first_ns, plan_.maxspan_ns);
    if (until >= clock_ns_) earliest = std::min(earliest, until);
    return until < clock_ns_;
  };
  for (uint32_t s = 0; s < plan_.slot_count(); ++s) {
    if (Slot(key, s) != nullptr && expired(FirstTime(key, s))) Drop(key, s);
  }
  if (plan_.has_leading) {
    KeyAbsence& absence = AbsenceOf(key);
    if (absence.last_lead_ns != kNoTime && expired(absence.last_lead_ns)) {
      absence.last_lead_ns = absence.previous_lead_ns = kNoTime;
    }
  }
  if (earliest != INT64_MAX) wheel_.Arm(key, earliest);
}

void SequenceState::ExpireSome() {
  if (!plan_.bounded()) return;
  wheel_.Advance(clock_ns_);
  for (size_t slots = 0; slots < kExpirySlotsPerEvent; slots += plan_.stages) {
    KeyState* key = wheel_.TakeDue();
    if (key == nullptr) break;
    Purge(key);
    MarkMaybeIdle(key);
  }
}

void SequenceState::AdvanceClock(int64_t clock_ns, int64_t now_ns) {
  clock_ns_ = std::max(clock_ns_, clock_ns);
  ReleaseDue(now_ns);
  ExpireSome();
  FreeIdleKeys();
}

void SequenceState::EndEvent() {
  event_ = nullptr;
  FreeIdleKeys();
  while (table_.size() > limits::kMaxKeysPerRule && EvictOldest(budget_.evicted_partials)) {
  }
  budget_.Enforce();
}

void SequenceState::Finish() {
  while (!pending_.empty()) Release(*pending_.begin());
  FreeIdleKeys();
}

int64_t SequenceState::NextDue() const {
  const int64_t expiry = wheel_.NextDue();
  return pending_.empty() ? expiry : std::min(expiry, SaturatingAdd((*pending_.begin())->deadline_ns, 1));
}

bool SequenceState::EvictOldest(uint64_t& partials) {
  // Better out of order than lost.
  if (!accepted_.empty()) return ReportFirstAccepted(), true;
  KeyState* key = plan_.bounded() ? wheel_.TakeEarliest() : nullptr;
  if (key == nullptr && !by_update_.empty()) key = by_update_.front();
  if (key == nullptr && !pending_.empty()) key = (*pending_.begin())->key;
  if (key == nullptr) return false;
  partials += DropAll(key);
  MarkMaybeIdle(key);
  FreeIdleKeys();
  return true;
}

}  // namespace eqlc::abi
