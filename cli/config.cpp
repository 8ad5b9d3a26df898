#include "config.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <istream>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

#include "compiler/rulefile/toml.h"
#include "eqlc/limits.hpp"

namespace eqlc::cli {
namespace {

[[noreturn]] void Fail(size_t line, std::string_view what) {
  throw CLI::ConfigError(fmt::format("--config: line {}: {}", line, what));
}

[[noreturn]] void Fail(const toml::source_region& where, std::string_view what) { Fail(where.begin.line, what); }

std::string ReadAll(std::istream& input) {
  std::string text(limits::kMaxConfigBytes + 1, '\0');
  input.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(input.gcount()));
  if (text.size() <= limits::kMaxConfigBytes) return text;
  throw CLI::ConfigError(fmt::format("--config: the file is larger than {} bytes", limits::kMaxConfigBytes));
}

toml::table Parsed(const std::string& text) {
  std::variant<toml::table, TomlFault> parsed = ParseToml(text);
  if (const auto* fault = std::get_if<TomlFault>(&parsed)) {
    const auto breaks = std::count(text.begin(), text.begin() + fault->offset, '\n');
    Fail(static_cast<size_t>(breaks) + 1, fault->message);
  }
  return std::get<toml::table>(std::move(parsed));
}

// A value as it would stand on the command line.
std::string TextOf(const toml::node& value) {
  if (const auto* text = value.as_string()) return text->get();
  if (const auto* number = value.as_integer()) return std::to_string(number->get());
  if (const auto* number = value.as_floating_point()) return fmt::format("{}", number->get());
  if (const auto* flag = value.as_boolean()) return flag->get() ? "true" : "false";
  Fail(value.source(), "an option is a string, a number, true or false, or a list of these");
}

bool SetInEnvironment(const CLI::Option& option) {
  const char* value = option.get_envname().empty() ? nullptr : std::getenv(option.get_envname().c_str());
  return value && *value;
}

// Reads the file for the verb that the command line chose. CLI11's own reader knows a part of TOML only, and lets the
// file win over the environment.
class ConfigFile : public CLI::Config {
 public:
  explicit ConfigFile(const CLI::App& app) : app_(app) {}

  std::string to_config(const CLI::App*, bool, bool, std::string) const override { return {}; }

  std::vector<CLI::ConfigItem> from_config(std::istream& input) const override {
    std::vector<CLI::ConfigItem> given;
    const toml::table root = Parsed(ReadAll(input));
    // CLI11 takes the first value it is given, so a verb's own table comes first.
    for (auto&& [key, value] : root) {
      if (const toml::table* section = value.as_table()) ReadSection(key, *section, given);
    }
    for (auto&& [key, value] : root) {
      if (!value.is_table()) ReadCommon(key, value, given);
    }
    return given;
  }

 private:
  // [verb]
  void ReadSection(const toml::key& name, const toml::table& section, std::vector<CLI::ConfigItem>& given) const {
    const CLI::App* verb = FindVerb(name.str());
    if (!verb) Fail(name.source(), fmt::format("eqlc has no verb `{}`", name.str()));
    for (auto&& [key, value] : section) {
      const CLI::Option* option = FindFlag(*verb, key.str());
      if (!option) Fail(key.source(), fmt::format("`eqlc {}` has no option `--{}`", name.str(), key.str()));
      AddItem(*verb, *option, value, given);
    }
  }

  // A key above all tables.
  void ReadCommon(const toml::key& key, const toml::node& value, std::vector<CLI::ConfigItem>& given) const {
    bool known = false;
    for (const CLI::App* verb : app_.get_subcommands(nullptr)) {
      const CLI::Option* option = FindFlag(*verb, key.str());
      if (!option) continue;
      known = true;
      AddItem(*verb, *option, value, given);
    }
    if (!known) Fail(key.source(), fmt::format("no verb has an option `--{}`", key.str()));
  }

  const CLI::App* FindVerb(std::string_view name) const {
    const auto found = app_.get_subcommands([&](const CLI::App* verb) { return verb->get_name() == name; });
    return found.empty() ? nullptr : found.front();
  }

  static const CLI::Option* FindFlag(const CLI::App& verb, std::string_view key) {
    const CLI::Option* option = verb.get_option_no_throw(fmt::format("--{}", key));
    return option && option->get_configurable() ? option : nullptr;
  }

  void AddItem(const CLI::App& verb, const CLI::Option& option, const toml::node& value,
               std::vector<CLI::ConfigItem>& given) const {
    CLI::ConfigItem item;
    item.parents = {verb.get_name()};
    item.name = option.get_lnames().front();
    if (const toml::array* list = value.as_array()) {
      for (const toml::node& entry : *list) item.inputs.push_back(TextOf(entry));
    } else {
      item.inputs.push_back(TextOf(value));
    }
    if (verb.parsed() && !SetInEnvironment(option)) given.push_back(std::move(item));
  }

  const CLI::App& app_;
};

}  // namespace

void AddConfig(CLI::App& app) {
  app.fallthrough();  // `eqlc run --config FILE` as well as `eqlc --config FILE run`
  const char* path = std::getenv("EQLC_CONFIG");
  const bool is_set = path && *path;
  app.set_config("--config", is_set ? path : "", "Read options from a TOML file", is_set)->envname("EQLC_CONFIG");
  app.config_formatter(std::make_shared<ConfigFile>(app));
}

}  // namespace eqlc::cli
