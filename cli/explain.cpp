// eqlc explain: what the code of a diagnostic means.
#include "eqlc/explanation.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.h"

namespace eqlc::cli {
namespace {

// A letter and four digits: the form tells a code from anything else that could be explained.
bool IsCode(std::string_view text) {
  return text.size() == 5 && std::string_view("EWNewn").find(text[0]) != std::string_view::npos &&
         text.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

void ListCodes() {
  for (const Explanation& e : Explanations()) fmt::print("{}  {:<7}  {}\n", e.code, NameOf(e.severity), e.title);
}

void Explain(const std::string& code) {
  if (!IsCode(code)) throw CLI::ValidationError("explain takes the code of a diagnostic, such as E0201");
  const Explanation* explanation = FindExplanation(code);
  if (!explanation) throw CLI::ValidationError("no diagnostic has the code " + code + "; `eqlc explain` lists them");
  fmt::print("{}", explanation->page);
}

}  // namespace

void AddExplain(CLI::App& app, int& exit_code) {
  auto code = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "Say what the code of a diagnostic means and how to mend it");
  command->add_option("CODE", *code, "The code, e.g. E0201; without one, all codes are listed");
  command->callback([code, &exit_code] {
    code->empty() ? ListCodes() : Explain(*code);
    exit_code = kOk;
  });
}

}  // namespace eqlc::cli
