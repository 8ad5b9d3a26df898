#include "runtime/alert/reason.h"

namespace eqlc {
namespace {

struct Part {
  std::string_view words;
  std::string_view field;
  std::string_view port_field;  // appended after a colon
};

// In the order of the sentence, after "event with".
constexpr Part kParts[] = {
    {" process ", "process.name", ""},
    {" parent process ", "process.parent.name", ""},
    {" file ", "file.name", ""},
    {" source ", "source.ip", "source.port"},
    {" destination ", "destination.ip", "destination.port"},
};

std::string Describe(const json::Members& event, const Part& part) {
  const std::string value = json::JoinedText(event, part.field);
  if (value.empty()) return {};
  std::string text(part.words);
  text += value;
  const std::string port = part.port_field.empty() ? std::string() : json::JoinedText(event, part.port_field);
  if (!port.empty()) text += ":" + port;
  return text + ",";
}

}  // namespace

std::string ReasonSentence(const json::Members& event, std::string_view severity, std::string_view rule_name) {
  std::string sentence = json::JoinedText(event, "event.category");
  sentence += sentence.empty() ? "event" : " event";
  std::string parts;
  for (const Part& part : kParts) parts += Describe(event, part);
  if (!parts.empty()) sentence += " with" + parts;
  const std::string user = json::JoinedText(event, "user.name");
  if (!user.empty()) sentence += " by " + user;
  const std::string host = json::JoinedText(event, "host.name");
  if (!host.empty()) sentence += " on " + host;
  sentence += " created ";
  sentence += severity;
  sentence += " alert ";
  sentence += rule_name;
  return sentence + ".";
}

}  // namespace eqlc
