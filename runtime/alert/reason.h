// The sentence `kibana.alert.reason`: what happened, in which process, by whom, on which host.
//
// Tested by tests/unit/runtime/alert/reason_test.cpp.
#pragma once

#include <string>
#include <string_view>

#include "runtime/value/json_text.h"

namespace eqlc {

// "process event with process ssh, parent process bash, by root on web-1 created high alert Outbound SSH." Parts that
// the event does not have are left out; a field with several values shows them all, joined with commas.
std::string ReasonSentence(const json::Members& event, std::string_view severity, std::string_view rule_name);

}  // namespace eqlc
