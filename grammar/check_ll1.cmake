# cmake -DPARSER=EqlParser.cpp -P check_ll1.cmake: fails when the generated parser predicts with more than one token.
# Why that matters: README.md, "LL(1)".
file(STRINGS ${PARSER} calls REGEX "adaptivePredict")
if(calls)
  message(FATAL_ERROR "EqlParser.g4 has a decision that is not LL(1); see grammar/README.md")
endif()
