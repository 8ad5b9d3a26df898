// docs/limits.md has every limit of include/eqlc/limits.hpp, with its value.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdint>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

namespace {

using Limits = std::map<std::string, uint64_t>;

std::string Read(const std::string& path) {
  std::ifstream in(EQLC_SOURCE_DIR "/" + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// An initializer of limits.hpp: integers, earlier limits, and `*`, `+`, `<<` between them, in this precedence.
class Initializer {
 public:
  Initializer(std::string text, const Limits& known) : text_(std::move(text)), known_(known) {}

  uint64_t Value() {
    uint64_t value = Sum();
    while (Accept("<<")) value <<= Sum();
    EXPECT_EQ(at_, text_.size()) << "cannot read " << text_;
    return value;
  }

 private:
  uint64_t Sum() {
    uint64_t value = Product();
    while (Accept("+")) value += Product();
    return value;
  }

  uint64_t Product() {
    uint64_t value = Operand();
    while (Accept("*")) value *= Operand();
    return value;
  }

  uint64_t Operand() {
    SkipBlanks();
    std::string word;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '\'' ||
                                  text_[at_] == '{' || text_[at_] == '}' || text_[at_] == '_')) {
      if (text_[at_] != '\'') word += text_[at_];
      ++at_;
    }
    if (const auto limit = known_.find(word); limit != known_.end()) return limit->second;
    std::smatch digits;
    const bool number = std::regex_search(word, digits, std::regex(R"(\d+(?=[u}]*$))"));
    EXPECT_TRUE(number) << "cannot read " << text_;
    return number ? std::stoull(digits[0]) : 0;
  }

  bool Accept(const std::string& op) {
    SkipBlanks();
    if (text_.compare(at_, op.size(), op) != 0) return false;
    at_ += op.size();
    return true;
  }

  void SkipBlanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  const std::string text_;
  const Limits& known_;
  size_t at_ = 0;
};

Limits LimitsOfHeader() {
  const std::string header = Read("include/eqlc/limits.hpp");
  const std::regex constant(R"(inline constexpr \w+ (k\w+) = ([^;]+);)");
  Limits limits;
  for (std::sregex_iterator it(header.begin(), header.end(), constant), end; it != end; ++it) {
    limits[(*it)[1]] = Initializer((*it)[2], limits).Value();
  }
  return limits;
}

// "64 MiB", "1,000"
uint64_t ValueShown(std::string text) {
  std::erase(text, ',');
  const uint64_t number = std::stoull(text);
  if (text.find("KiB") != std::string::npos) return number << 10;
  if (text.find("MiB") != std::string::npos) return number << 20;
  if (text.find("GiB") != std::string::npos) return number << 30;
  return number;
}

Limits LimitsOfPage() {
  const std::string page = Read("docs/limits.md");
  const std::regex row(R"(\| `(k\w+)` \| ([\d,]+(?: [KMG]iB)?) \|)");
  Limits limits;
  for (std::sregex_iterator it(page.begin(), page.end(), row), end; it != end; ++it) {
    limits[(*it)[1]] = ValueShown((*it)[2]);
  }
  return limits;
}

TEST(LimitsPage, SaysWhatTheHeaderSays) {
  const Limits header = LimitsOfHeader(), page = LimitsOfPage();
  EXPECT_GT(header.size(), 20u);
  for (const auto& [name, value] : header) {
    const auto row = page.find(name);
    ASSERT_NE(row, page.end()) << name << " has no row in docs/limits.md";
    EXPECT_EQ(row->second, value) << name;
  }
  for (const auto& [name, value] : page) EXPECT_TRUE(header.count(name)) << name << " is no limit";
}

}  // namespace
