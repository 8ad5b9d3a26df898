// The key of a version:
//
//   key     := number ( '.' number )* ( '!' part ( '.' part )* | '#' ) ( '+' build )?
//   part    := '$' number | word
//   number  := its count of digits, two digits; its digits
//
// so that 1.10.0-rc.2 is "011.0210.010!rc.$012". The marks sort '!' < '#' < '$' < '+' < '.', all before letters and
// digits: a pre-release comes first, more numbers last. Tested by tests/unit/runtime/value/version_test.cpp.
#include "runtime/value/version.h"

#include <algorithm>

#include "runtime/value/ascii.h"

namespace eqlc {
namespace {

constexpr char kNoVersion = '~';  // behind every digit
constexpr size_t kMostDigits = 99;

bool IsDigits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, ascii::IsDigit); }

// Digits without leading zeros.
bool AppendNumber(std::string_view digits, std::string& out) {
  if (!IsDigits(digits) || digits.size() > kMostDigits || (digits[0] == '0' && digits.size() > 1)) return false;
  out.push_back(static_cast<char>('0' + digits.size() / 10));
  out.push_back(static_cast<char>('0' + digits.size() % 10));
  out += digits;
  return true;
}

bool IsWord(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return ascii::IsDigit(c) || c == '-' || ascii::IsLetter(c); });
}

bool AppendPart(std::string_view part, std::string& out) {
  if (IsDigits(part)) {
    out.push_back('$');
    return AppendNumber(part, out);
  }
  out += part;
  return IsWord(part);
}

// Appends what stands between dots by `append`, with the dots.
template <typename Append>
bool AppendDotted(std::string_view text, Append append, std::string& out) {
  for (;;) {
    const size_t dot = text.find('.');
    if (!append(text.substr(0, dot), out)) return false;
    if (dot == std::string_view::npos) return true;
    out.push_back('.');
    text.remove_prefix(dot + 1);
  }
}

bool AppendVersion(std::string_view text, std::string& out) {
  const size_t plus = text.find('+');
  const std::string_view before = text.substr(0, plus);
  const size_t dash = before.find('-');
  if (!AppendDotted(before.substr(0, dash), AppendNumber, out)) return false;
  out.push_back(dash == std::string_view::npos ? '#' : '!');
  if (dash != std::string_view::npos && !AppendDotted(before.substr(dash + 1), AppendPart, out)) return false;
  if (plus == std::string_view::npos) return true;
  out.push_back('+');
  const auto append_build = [](std::string_view part, std::string& key) {
    key += part;
    return IsWord(part);
  };
  return AppendDotted(text.substr(plus + 1), append_build, out);
}

}  // namespace

void AppendVersionKey(std::string_view text, std::string& out) {
  const size_t start = out.size();
  if (text.size() <= kMaxVersionBytes && AppendVersion(text, out)) return;
  out.resize(start);
  out.push_back(kNoVersion);
  out += text;
}

}  // namespace eqlc
