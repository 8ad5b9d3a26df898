#include "compiler/codegen/text_pattern.h"

namespace eqlc::codegen {

TextPattern ExactText(std::string_view text, abi::LiteralId literal) { return {text, {}, false, literal}; }

std::optional<TextPattern> ParseGlob(std::string_view glob, abi::LiteralId literal) {
  if (glob.find('?') != std::string_view::npos) return std::nullopt;
  const size_t first = glob.find('*');
  if (first == std::string_view::npos) return ExactText(glob, literal);
  const size_t behind = glob.find_first_not_of('*', first);
  if (behind == std::string_view::npos) return TextPattern{glob.substr(0, first), {}, true, literal};
  if (glob.find('*', behind) != std::string_view::npos) return std::nullopt;
  return TextPattern{glob.substr(0, first), glob.substr(behind), true, literal};
}

bool CanInline(const TextPattern& pattern, bool fold) {
  if (!pattern.open && !fold) return true;  // memcmp takes any size
  return pattern.head.size() <= kMaxUnrolledText && pattern.tail.size() <= kMaxUnrolledText;
}

}  // namespace eqlc::codegen
