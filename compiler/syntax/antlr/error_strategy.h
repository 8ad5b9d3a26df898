// What the parser does at a token that does not fit: reports it in Elasticsearch's words, with a hint where we can
// guess what was meant, and gives up. Recovery would only find errors that follow from the first one. Tested by
// tests/unit/compiler/syntax/parser_test.cpp.
#pragma once

#include <antlr4-runtime.h>

#include <cstdint>
#include <optional>

#include "compiler/diag/diagnostics.h"
#include "compiler/syntax/antlr/token_reader.h"

namespace eqlc {

// Each fault ends the parse by antlr4::ParseCancellationException, after one report to the sink.
class ErrorStrategy final : public antlr4::ANTLRErrorStrategy {
 public:
  // `bad` is what stands where the tokens end, if that is not the end of the query.
  ErrorStrategy(const std::optional<BadToken>& bad, DiagnosticSink& sink) : bad_(bad), sink_(sink) {}

  void reset(antlr4::Parser*) override {}
  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr error) override;
  // Called at each decision; remembers the first one since the last token was consumed. All tokens that could have
  // stood here are known there, while later decisions have already gone down one path.
  void sync(antlr4::Parser* parser) override;
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}
  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& error) override;

 private:
  enum class Fault { kMismatch, kNoAlternative };
  [[noreturn]] void Fail(antlr4::Parser* parser, Fault fault);

  const std::optional<BadToken>& bad_;
  DiagnosticSink& sink_;
  size_t decision_token_ = SIZE_MAX;
  size_t decision_state_ = 0;
  antlr4::RuleContext* decision_context_ = nullptr;
};

}  // namespace eqlc
