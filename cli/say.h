// Say: a word to the person at the terminal. Standard error that is full or gone costs the words and nothing else.
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <utility>

namespace eqlc::cli {

template <typename... Args>
void Say(fmt::format_string<Args...> format, Args&&... args) {
  const std::string text = fmt::format(format, std::forward<Args>(args)...);
  fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace eqlc::cli
