// Sequences, joins and pipes of python-eql.
#include <fmt/format.h>

#include <optional>

#include "compiler/sema/children.h"
#include "compiler/sema/pipe_names.h"
#include "compiler/sema/python_checker.h"
#include "compiler/support/overloaded.h"
#include "eqlc/limits.hpp"

namespace eqlc::sema {

void PythonChecker::CheckBody() {
  std::visit(Overloaded{[this](const ast::EventQuery& q) { CheckFilter(q.filter); },
                        [this](const ast::Sequence& q) { CheckSequence(q); },
                        [this](const ast::Sample&) { Refuse(ast_.query.span, "Sample not supported", "`sample`"); },
                        [this](const ast::Join& q) {
                          CheckItems(q.items, q.has_until ? &q.until : nullptr, /*may_fork=*/false);
                        }},
             ast_.query.body);
}

void PythonChecker::CheckSequence(const ast::Sequence& sequence) {
  CheckItems(sequence.items, sequence.has_until ? &sequence.until : nullptr, /*may_fork=*/true);
}

void PythonChecker::CheckItems(const std::vector<ast::SequenceItem>& items, const ast::SequenceItem* until,
                               bool may_fork) {
  for (size_t i = 0; i < items.size(); ++i) CheckItem(items[i], may_fork && i > 0);
  if (until != nullptr) CheckItem(*until, false);
  CheckKeys(items, until);
  if (items.size() < 2) {
    sink_.Report(Code::kSequenceSize, ast_.query.span, "Only one item in the sequence");
  } else if (items.size() > limits::kMaxSequenceItems) {
    sink_.Report(Code::kSequenceSize, ast_.query.span,
                 fmt::format("a sequence has at most {} items; found [{}]", limits::kMaxSequenceItems, items.size()));
  }
}

void PythonChecker::CheckItem(const ast::SequenceItem& item, bool may_fork) {
  CheckFilter(item.filter);
  if (item.missing) Refuse(item.span, "Negative subquery used", "`![`");
  if (item.has_runs) Refuse(item.runs_span, "Unsupported usage of repeated syntax", "`with runs`");
  if (!item.alias.empty()) Refuse(item.alias_span, "Unsupported usage of alias syntax", "`as`");
  if (item.has_fork && !may_fork) {
    sink_.Report(Code::kBadSequenceOption, item.fork_span, "Fork is not allowed here")
        .hints.push_back("`fork` belongs to the second item of a sequence or a later one");
  }
}

void PythonChecker::CheckKeys(const std::vector<ast::SequenceItem>& items, const ast::SequenceItem* until) {
  std::vector<const ast::SequenceItem*> all;
  for (const ast::SequenceItem& item : items) all.push_back(&item);
  if (until != nullptr) all.push_back(until);
  for (const ast::SequenceItem* item : all) {
    if (item->keys.size() == all[0]->keys.size()) continue;
    Diagnostic& diagnostic = sink_.Report(Code::kKeyCount, item->span,
                                          fmt::format("Expected {} value{}; found {}", all[0]->keys.size(),
                                                      all[0]->keys.size() == 1 ? "" : "s", item->keys.size()));
    sink_.AddLabel(diagnostic, all[0]->span, fmt::format("the first item has {}", all[0]->keys.size()));
    return;
  }
  CheckKeyTypes(all);
}

// Keys that stand at one position have one type, where it is known.
void PythonChecker::CheckKeyTypes(const std::vector<const ast::SequenceItem*>& items) {
  for (size_t k = 0; k < items[0]->keys.size(); ++k) {
    Type known = Type::kAny;
    for (const ast::SequenceItem* item : items) {
      const ast::ExprId key = item->keys[k];
      if (type(key) == Type::kAny || type(key) == Type::kNull) continue;
      if (known == Type::kAny) known = type(key);
      if (known == type(key)) continue;
      sink_.Report(Code::kBadSequenceKey, ast_[key].span, "Unable to join values of different types");
      return;
    }
  }
}

// --- pipes ---

void PythonChecker::CheckPipes() {
  if (ast_.query.pipes.size() > limits::kMaxPipes) {
    sink_.Report(Code::kBadPipeArgument, ast_.query.pipes[limits::kMaxPipes].span,
                 fmt::format("a query has at most {} pipes", limits::kMaxPipes));
  }
  size_t events =
      std::visit(Overloaded{[](const ast::Sequence& q) { return q.items.size(); },
                            [](const ast::Join& q) { return q.items.size(); }, [](const auto&) { return size_t{1}; }},
                 ast_.query.body);
  for (const ast::Pipe& pipe : ast_.query.pipes) {
    CheckPipe(pipe);
    CheckEventIndexes(pipe, events);
    if (pipe.name == "count") events = 1;
  }
}

void PythonChecker::CheckPipe(const ast::Pipe& pipe) {
  if (pipe.name == "head" || pipe.name == "tail") return CheckRowLimit(pipe);
  if (pipe.name == "count") return CheckPipeKeys(pipe, 0);
  if (pipe.name == "sort" || pipe.name == "unique" || pipe.name == "unique_count") return CheckPipeKeys(pipe, 1);
  if (pipe.name == "filter") {
    if (pipe.args.size() == 1) return;
    sink_.Report(Code::kBadPipeArgument, pipe.name_span,
                 fmt::format("Expected 1 argument to pipe filter; found {}", pipe.args.size()));
    return;
  }
  std::string message = fmt::format("Unknown pipe {}", pipe.name);
  const std::string near = NearestName(pipe.name, PipeNames());
  if (!near.empty()) message += fmt::format(", did you mean [{}]?", near);
  sink_.Report(Code::kUnknownPipe, pipe.name_span, std::move(message));
}

void PythonChecker::CheckRowLimit(const ast::Pipe& pipe) {
  if (pipe.args.empty()) return;
  const auto* count = std::get_if<ast::IntLiteral>(&ast_[pipe.args[0]].node);
  if (pipe.args.size() == 1 && count != nullptr && count->value > 0) return;
  sink_.Report(Code::kBadPipeArgument, ast_[pipe.args.size() == 1 ? pipe.args[0] : pipe.args[1]].span,
               fmt::format("Expected one positive number to pipe {}", pipe.name));
}

void PythonChecker::CheckPipeKeys(const ast::Pipe& pipe, size_t least) {
  if (pipe.args.size() < least) {
    sink_.Report(Code::kBadPipeArgument, pipe.name_span,
                 fmt::format("Expected at least {} argument to pipe {}", least, pipe.name));
  }
  for (const ast::ExprId arg : pipe.args) {
    if (!constant(arg)) continue;
    ReportType(Code::kBadPipeArgument, arg, "dynamic value")
        .hints.push_back(fmt::format("`{}` takes fields and what is computed from them", pipe.name));
  }
}

// `events[n].field` of a row with fewer events; and process subqueries, which pipes cannot have.
void PythonChecker::CheckEventIndexes(const ast::Pipe& pipe, size_t events) {
  std::vector<ast::ExprId> pending = pipe.args;
  while (!pending.empty()) {
    const ast::ExprId id = pending.back();
    pending.pop_back();
    ForEachChild(ast_[id], [&](ast::ExprId child) { pending.push_back(child); });
    if (std::holds_alternative<ast::LineageTerm>(ast_[id].node)) {
      sink_.Report(Code::kBadPipeArgument, ast_[id].span, "Not supported within pipe");
    }
    const auto* field = std::get_if<ast::FieldRef>(&ast_[id].node);
    const std::optional<ast::EventIndex> index = field == nullptr ? std::nullopt : ast::EventIndexOf(*field);
    if (!index || events < 2 || index->event < events) continue;
    sink_.Report(Code::kBadPipeArgument, ast_[id].span, fmt::format("Invalid index. Event array is size {}", events));
  }
}

}  // namespace eqlc::sema
