// Pipes (docs/semantics.md sections 2.6 and 7.1). The value of a pipe's argument is checked where it is folded.
// Tested by tests/unit/compiler/sema/check_pipes_test.cpp.
#include <fmt/format.h>

#include "compiler/sema/checker.h"
#include "compiler/sema/pipe_names.h"
#include "eqlc/limits.hpp"

namespace eqlc::sema {

void Checker::CheckPipes() {
  if (std::holds_alternative<ast::Sample>(ast_.query.body) && !ast_.query.pipes.empty()) {
    sink_.Report(Code::kPipeNotAllowed, ast_.query.pipes[0].span, "Samples do not support pipes")
        .hints.push_back("leave the pipes out");
  }
  if (ast_.query.pipes.size() > limits::kMaxPipes) {
    sink_.Report(Code::kBadPipeArgument, ast_.query.pipes[limits::kMaxPipes].span,
                 fmt::format("a query has at most {} pipes", limits::kMaxPipes));
  }
  for (const ast::Pipe& pipe : ast_.query.pipes) CheckPipe(pipe);
}

void Checker::CheckPipe(const ast::Pipe& pipe) {
  if (!PipeNamed(pipe.name)) {
    std::string message = fmt::format("Unrecognized pipe [{}]", pipe.name);
    const std::string near = NearestName(pipe.name, PipeNames());
    if (!near.empty()) message += fmt::format(", did you mean [{}]?", near);
    sink_.Report(Code::kUnknownPipe, pipe.name_span, std::move(message));
    return;
  }
  if (pipe.name != "head" && pipe.name != "tail") {
    return ReportNotInDialect(pipe.name_span, fmt::format("Pipe [{}] is not supported", pipe.name),
                              fmt::format("the pipe `{}`", pipe.name), "python");
  }
  if (pipe.args.size() != 1) {
    sink_.Report(Code::kBadPipeArgument, pipe.name_span,
                 fmt::format("Pipe [{}] expects exactly one argument but found [{}]", pipe.name, pipe.args.size()));
    return;
  }
  const ast::ExprId arg = pipe.args[0];
  if (!info(arg).constant || info(arg).type != Type::kNumber) {
    sink_.Report(Code::kBadPipeArgument, ast_[arg].span,
                 fmt::format("Pipe [{}] expects a positive integer but found [{}]", pipe.name, Text(arg)));
  }
}

}  // namespace eqlc::sema
