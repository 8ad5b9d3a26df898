#include "runtime/alert/alert_document.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "runtime/alert/intersection.h"
#include "runtime/alert/reason.h"
#include "runtime/value/json_text.h"
#include "runtime/value/sha256.h"
#include "runtime/value/timestamp.h"
#include "runtime/value/utf8.h"

namespace eqlc {
namespace {

// Where an event came from.
struct SourceEvent {
  std::string_view json;  // the line, or `_source` of a search hit
  json::Members fields;   // of it
  std::string id;         // identity of the event
  std::string index;      // "" when the event does not say
  std::string ancestors;  // its own ancestors as elements of a JSON array, if it is an alert
  uint32_t depth = 0;     // 0: an event; above: an alert of that depth
};

// "logs-endpoint.events.process-default", the name of the data stream.
std::string DataStreamIndex(const json::Members& event) {
  const std::string dataset = json::FirstText(event, "data_stream.dataset");
  if (dataset.empty()) return {};
  std::string type = json::FirstText(event, "data_stream.type");
  if (type.starts_with('.')) type.erase(0, 1);
  const std::string space = json::FirstText(event, "data_stream.namespace");
  return (type.empty() ? "logs" : type) + '-' + dataset + '-' + (space.empty() ? "default" : space);
}

// If the event is itself an alert, its depth and ancestors.
void ReadLineage(SourceEvent& source) {
  const std::string depth = json::FirstText(source.fields, "kibana.alert.depth");
  if (depth.empty()) return;
  constexpr uint32_t kMaxDepth = 1'000;  // no chain of rules is that long; keeps a hostile number small
  const long value = std::strtol(depth.c_str(), nullptr, 10);
  if (value <= 0 || value > long{kMaxDepth}) return;
  source.depth = static_cast<uint32_t>(value);
  for (json::Reader r(source.fields.Find("kibana.alert.ancestors")); r.is_array() && r.Next();) {
    if (!source.ancestors.empty()) source.ancestors += ',';
    json::AppendOneLine(source.ancestors, r.value());
  }
}

SourceEvent ReadEvent(std::string_view line) {
  SourceEvent source;
  source.json = json::SourceOf(line);
  json::Members members(line);
  const std::string id = json::TextOf(members.Find("_id"));
  source.index = json::TextOf(members.Find("_index"));
  source.fields = source.json.data() == line.data() ? std::move(members) : json::Members(source.json);
  if (!id.empty() && !source.index.empty()) {
    source.id = id;
  } else {
    source.id = Sha256Hex(line);
    source.index = DataStreamIndex(source.fields);
  }
  ReadLineage(source);
  return source;
}

std::string AncestorJson(std::string_view id, std::string_view index, std::string_view rule_id, uint32_t depth) {
  std::string out = "{";
  json::AppendKey(out, "id");
  json::AppendString(out, id);
  json::AppendKey(out, "type");
  json::AppendString(out, depth == 0 ? "event" : "signal");
  json::AppendKey(out, "index");
  json::AppendString(out, index);
  json::AppendKey(out, "depth");
  out += std::to_string(depth);
  if (!rule_id.empty()) {
    json::AppendKey(out, "rule");
    json::AppendString(out, rule_id);
  }
  return out + '}';
}

// The event's own ancestors, then the event, as elements of a JSON array.
std::string AncestorsOf(const SourceEvent& source) {
  const std::string rule = source.depth == 0 ? std::string() : json::FirstText(source.fields, "kibana.alert.rule.uuid");
  const std::string self = AncestorJson(source.id, source.index, rule, source.depth);
  return source.ancestors.empty() ? self : source.ancestors + ',' + self;
}

// Event time as ISO text; a text is kept as it stands.
std::string OriginalTime(const json::Members& event) {
  const auto values = json::Scalars(event, "@timestamp");
  if (values.empty()) return {};
  const std::string text = json::TextOf(values.front());
  if (json::IsString(values.front())) return text;
  const std::optional<int64_t> ns = ParseTimestamp(abi::String(text), TimestampUnit::kAuto);
  return ns && !IsEndOfTime(*ns) ? FormatTimestamp(*ns) : text;
}

bool HasPrefix(std::string_view key, std::string_view name) {
  return key.starts_with(name) && (key.size() == name.size() || key[name.size()] == '.');
}

// Writes one document, from left to right: the event's fields, then those of the alert.
class DocumentWriter {
 public:
  explicit DocumentWriter(std::string time) : time_(std::move(time)) {
    if (!time_.empty()) AddText("@timestamp", time_);
  }

  void AddText(std::string_view key, std::string_view text) {
    json::AppendKey(out_, key);
    json::AppendString(out_, text);
  }
  void AddJson(std::string_view key, std::string_view value) {
    json::AppendKey(out_, key);
    json::AppendOneLine(out_, value);
  }
  void AddFields(std::string_view fields) {
    if (out_.size() > 1) out_ += ',';
    out_ += fields;
  }

  // Copies the event, sets event.kind, and remembers what goes to the original_* fields.
  void CopySource(const json::Members& event);
  void AddOriginals();
  std::string Finish();

 private:
  using Originals = std::map<std::string, std::vector<std::string_view>>;

  void CopyMember(const json::Members::Member& member);
  void CopyEventObject(std::string_view object);
  void CopyRaw(std::string_view raw_key, std::string_view value);
  void AddKind();
  void Remember(std::string_view key, std::string_view value);
  static void RememberMembers(Originals& originals, std::string_view object);
  void AddOriginalsOf(std::string_view prefix, const Originals& originals);

  std::string time_;
  std::string out_ = "{";
  bool has_kind_ = false;
  bool dotted_kind_ = false;  // the event spells it "event.kind"
  Originals event_, data_stream_;
};

void DocumentWriter::CopySource(const json::Members& event) {
  for (const json::Members::Member& member : event) dotted_kind_ = dotted_kind_ || member.key == "event.kind";
  for (const json::Members::Member& member : event) CopyMember(member);
  if (has_kind_) return;
  if (!event_.empty()) return AddText("event.kind", "signal");
  AddJson("event", R"({"kind":"signal"})");
}

void DocumentWriter::CopyMember(const json::Members::Member& member) {
  const auto& [key, raw_key, value] = member;
  if (HasPrefix(key, "kibana") || HasPrefix(key, "signal") || HasPrefix(key, "threshold_result")) return;
  if (key == "@timestamp" && !time_.empty()) return;
  Remember(key, value);
  if (key == "event.kind") return AddKind();
  if (key != "event") return CopyRaw(raw_key, value);
  // A list of objects or a scalar cannot take event.kind; its values live on in original_event.
  if (json::IsObject(value)) CopyEventObject(value);
}

void DocumentWriter::CopyRaw(std::string_view raw_key, std::string_view value) {
  if (out_.size() > 1) out_ += ',';
  json::AppendOneLine(out_, raw_key);
  out_ += ':';
  json::AppendOneLine(out_, value);
}

void DocumentWriter::AddKind() {
  if (!has_kind_) AddText("event.kind", "signal");
  has_kind_ = true;
}

void DocumentWriter::CopyEventObject(std::string_view object) {
  std::string copy = "{";
  for (json::Reader r(object); r.Next();) {
    if (r.key() == "kind") continue;
    json::AppendKey(copy, r.key());
    json::AppendOneLine(copy, r.value());
  }
  if (!dotted_kind_ && !has_kind_) {
    json::AppendKey(copy, "kind");
    json::AppendString(copy, "signal");
    has_kind_ = true;
  }
  AddJson("event", copy + '}');
}

void DocumentWriter::RememberMembers(Originals& originals, std::string_view object) {
  if (json::IsArray(object)) {
    for (json::Reader r(object); r.Next();) {
      if (json::IsObject(r.value())) RememberMembers(originals, r.value());
    }
    return;
  }
  for (json::Reader r(object); r.is_object() && r.Next();) originals[std::string(r.key())].push_back(r.value());
}

void DocumentWriter::Remember(std::string_view key, std::string_view value) {
  if (key == "event") return RememberMembers(event_, value);
  if (key == "data_stream") return RememberMembers(data_stream_, value);
  if (HasPrefix(key, "event")) event_[std::string(key.substr(6))].push_back(value);
  if (HasPrefix(key, "data_stream")) data_stream_[std::string(key.substr(12))].push_back(value);
}

void DocumentWriter::AddOriginalsOf(std::string_view prefix, const Originals& originals) {
  for (const auto& [name, values] : originals) {
    const std::string key = std::string(prefix) + name;
    if (values.size() == 1) {
      AddJson(key, values.front());
      continue;
    }
    std::string list = "[";
    for (std::string_view value : values) {
      if (list.size() > 1) list += ',';
      json::AppendOneLine(list, value);
    }
    AddJson(key, list + ']');
  }
}

void DocumentWriter::AddOriginals() {
  AddOriginalsOf("kibana.alert.original_event.", event_);
  AddOriginalsOf("kibana.alert.original_data_stream.", data_stream_);
}

std::string DocumentWriter::Finish() {
  out_ += '}';
  std::string storage;
  const std::string_view valid = utf8::ReplaceInvalid(out_, storage);
  return valid.data() == out_.data() ? std::move(out_) : std::move(storage);
}

// What distinguishes the documents of one match from each other.
struct DocumentSpec {
  const json::Members& source;  // the fields to copy
  std::string id;
  std::string ancestors;  // elements of a JSON array
  uint32_t depth = 1;
  std::string original_time;
  std::string building_block_type;  // "": an alert of its own
  std::string group_id;             // "": not part of a sequence
  std::optional<size_t> group_index;
};

AlertDocument WriteDocument(const RuleDocument& rule, const RuleDocument::Ratings& ratings, const std::string& time,
                            const DocumentSpec& spec) {
  DocumentWriter writer(time);
  writer.CopySource(spec.source);
  writer.AddText("kibana.alert.uuid", spec.id);
  if (!time.empty()) {
    writer.AddText("kibana.alert.start", time);
    writer.AddText("kibana.alert.last_detected", time);
  }
  if (!spec.original_time.empty()) writer.AddText("kibana.alert.original_time", spec.original_time);
  writer.AddText("kibana.alert.status", "active");
  writer.AddText("kibana.alert.workflow_status", "open");
  writer.AddJson("kibana.alert.workflow_tags", "[]");
  writer.AddJson("kibana.alert.workflow_assignee_ids", "[]");
  writer.AddJson("kibana.alert.depth", std::to_string(spec.depth));
  writer.AddJson("kibana.alert.ancestors", '[' + spec.ancestors + ']');
  writer.AddOriginals();
  writer.AddText("kibana.alert.reason", ReasonSentence(spec.source, ratings.severity, ratings.name));
  writer.AddText("kibana.alert.severity", ratings.severity);
  writer.AddJson("kibana.alert.risk_score", ratings.risk_score);
  if (!spec.building_block_type.empty()) writer.AddText("kibana.alert.building_block_type", spec.building_block_type);
  if (!spec.group_id.empty()) writer.AddText("kibana.alert.group.id", spec.group_id);
  if (spec.group_index) writer.AddJson("kibana.alert.group.index", std::to_string(*spec.group_index));
  writer.AddText("kibana.alert.rule.name", ratings.name);
  writer.AddFields(rule.static_fields());
  return {spec.id, writer.Finish(), !spec.building_block_type.empty()};
}

// REQUIRES: an event rule's alert.
AlertDocument EventDocument(const RuleDocument& rule, std::string_view event, const std::string& time) {
  const SourceEvent source = ReadEvent(event);
  DocumentSpec spec{source.fields};
  spec.id = IdHash().Add(rule.id()).Add(source.index).Add(source.id).Hex();
  spec.ancestors = AncestorsOf(source);
  spec.depth = source.depth + 1;
  spec.original_time = OriginalTime(source.fields);
  spec.building_block_type = rule.building_block_type();
  return WriteDocument(rule, rule.Rate(source.fields), time, spec);
}

std::vector<SourceEvent> PositiveEvents(const Alert& alert) {
  std::vector<SourceEvent> events;
  for (std::string_view event : alert.events) {
    if (!event.empty()) events.push_back(ReadEvent(event));
  }
  return events;
}

std::string HashGroup(const RuleDocument& rule, const std::vector<SourceEvent>& events, std::string_view index) {
  IdHash hash;
  hash.Add(rule.id()).Add("group").Add(index);
  for (const SourceEvent& event : events) hash.Add(event.index).Add(event.id);
  return hash.Hex();
}

// N building blocks, then the shell.
std::vector<AlertDocument> SequenceDocuments(const RuleDocument& rule, const Alert& alert, const std::string& time) {
  const std::vector<SourceEvent> events = PositiveEvents(alert);
  const RuleDocument::Ratings ratings = rule.Rate({});
  std::vector<std::string_view> sources;
  for (const SourceEvent& event : events) sources.push_back(event.json);
  const std::string shared = IntersectEvents(sources);
  const json::Members shared_fields(shared);
  DocumentSpec shell{shared_fields};
  shell.id = shell.group_id = HashGroup(rule, events, "");
  shell.building_block_type = rule.building_block_type();
  if (!events.empty()) shell.original_time = OriginalTime(events.front().fields);

  std::vector<AlertDocument> documents;
  std::string blocks;
  for (size_t i = 0; i < events.size(); ++i) {
    DocumentSpec block{events[i].fields};
    block.id = HashGroup(rule, events, std::to_string(i));
    block.ancestors = AncestorsOf(events[i]);
    block.depth = events[i].depth + 1;
    block.original_time = OriginalTime(events[i].fields);
    block.building_block_type = "default";
    block.group_id = shell.id;
    block.group_index = i;
    documents.push_back(WriteDocument(rule, ratings, time, block));
    shell.ancestors += (shell.ancestors.empty() ? "" : ",") + block.ancestors;
    blocks += ',' + AncestorJson(block.id, "", rule.id(), block.depth);
    shell.depth = std::max(shell.depth, block.depth);
  }
  shell.ancestors += shell.ancestors.empty() ? "" : blocks;
  ++shell.depth;
  documents.push_back(WriteDocument(rule, ratings, time, shell));
  return documents;
}

}  // namespace

AlertDocumentBuilder::~AlertDocumentBuilder() {
  for (const auto& document : documents_) delete document.load(std::memory_order_relaxed);
}

const RuleDocument& AlertDocumentBuilder::DocumentOf(const RuleInfo& rule) const {
  std::atomic<const RuleDocument*>& place = documents_[static_cast<size_t>(&rule - rules_.data())];
  const RuleDocument* known = place.load(std::memory_order_acquire);
  if (known != nullptr) return *known;
  auto made = std::make_unique<const RuleDocument>(rule);
  // Another thread may have been faster.
  return place.compare_exchange_strong(known, made.get(), std::memory_order_acq_rel) ? *made.release() : *known;
}

std::vector<AlertDocument> AlertDocumentBuilder::Build(const Alert& alert) const {
  const RuleDocument& rule = DocumentOf(alert.rule);
  const bool has_time = alert.timestamp_ns != 0 && !IsEndOfTime(alert.timestamp_ns);
  const std::string time = has_time ? FormatTimestamp(alert.timestamp_ns) : std::string();
  switch (alert.rule.kind) {
    case RuleKind::kEvent: {
      std::vector<AlertDocument> documents;
      documents.push_back(EventDocument(rule, alert.events.empty() ? "" : alert.events.front(), time));
      return documents;
    }
    case RuleKind::kSequence:
    case RuleKind::kSample:
    case RuleKind::kJoin:
      return SequenceDocuments(rule, alert, time);
  }
  return {};
}

std::vector<AlertDocument> Alert::Documents() const { return AlertDocumentBuilder({&rule, 1}).Build(*this); }

}  // namespace eqlc
