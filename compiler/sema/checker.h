// Checker: one run of Check over one query. Expressions are checked in node order, children before parents, without
// recursion; then the statement's parts. Every finding is reported, a node with a finding keeps the type it would
// have had, so that its users do not complain again.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/sema/typed.h"

namespace eqlc::sema {

class Checker {
 public:
  Checker(const ast::Ast& ast, const SemaOptions& options, DiagnosticSink& sink)
      : ast_(ast),
        dialect_(options.dialect),
        any_type_(options.any_type),
        fields_(options.fields),
        sink_(sink),
        info_(ast.exprs.size()) {}

  // The side table; complete only when nothing was reported as error.
  std::vector<ExprInfo> Run();

 private:
  // --- check.cpp ---
  void CheckBody();
  const ExprInfo& info(ast::ExprId id) const { return info_[id.value]; }
  ExprInfo& info(ast::ExprId id) { return info_[id.value]; }
  bool AllConstant(const std::vector<ast::ExprId>& ids) const;
  // The expression as text, cut to a length that a message can hold.
  const std::string& Text(ast::ExprId id);
  // The type as Elasticsearch calls it.
  std::string_view TypeName(ast::ExprId id) const;
  // How a value gets the type that is wanted; empty when there is nothing to say.
  std::string TypeHint(Code code, std::string_view wanted, ast::ExprId found) const;
  // `[second ]argument of [..] must be [what], found value [..] type [..]`; no ordinal when `position` is negative.
  Diagnostic& ReportType(Code code, ast::ExprId parent, int position, std::string_view what, ast::ExprId found);

  // --- check_expr.cpp ---
  void CheckNode(ast::ExprId id);
  void CheckField(ast::ExprId id, const ast::FieldRef& field);
  void CheckUnary(ast::ExprId id, const ast::Unary& unary);
  void CheckArith(ast::ExprId id, const ast::Arith& arith);
  void CheckCompare(ast::ExprId id, const ast::Compare& compare);
  void CheckJunction(ast::ExprId id, const std::vector<ast::ExprId>& operands);
  void CheckNot(ast::ExprId id, const ast::Not& node);
  void CheckIn(ast::ExprId id, const ast::In& in);
  void CheckPattern(ast::ExprId id, const ast::Pattern& pattern);
  void CheckPatternOperand(ast::ExprId id, const ast::Pattern& pattern);
  void CheckCondition(const ast::EventFilter& filter);
  // `comparison` is its operator, or all of a list's test: so Elasticsearch names them.
  void ReportFieldComparison(ast::ExprId offender, std::string_view comparison, bool in_list);
  bool IsWildcardText(ast::ExprId id) const;
  void WarnWildcard(ast::ExprId literal, std::string_view op);
  void WarnRegexAnchor(ast::ExprId literal);

  // --- check_field.cpp ---
  void CheckFieldType(ast::ExprId id, const ast::FieldRef& field);
  void ReportUnknownField(ast::ExprId id, const ast::FieldRef& field);
  // A field of a type that no query can use.
  void RefuseFieldType(ast::ExprId id, const ast::FieldRef& field, const KnownField& known);
  void CheckKeyTypes(const std::vector<const ast::SequenceItem*>& items);
  void CheckKeyType(ast::ExprId first, ast::ExprId other);

  // --- check_call.cpp ---
  void CheckCall(ast::ExprId id, const ast::Call& call);
  void ReportUnknownFunction(const ast::Call& call);
  void CheckArity(const ast::Call& call, const Function& function);
  void CheckArgument(ast::ExprId id, const ast::Call& call, size_t index, const Parameter& parameter);

  // --- check_sequence.cpp ---
  void CheckSequence(const ast::Sequence& sequence);
  void CheckSequenceSize(const ast::Sequence& sequence);
  void CheckMaxspan(const ast::Sequence& sequence);
  void CheckItem(const ast::SequenceItem& item);
  void CheckRuns(const ast::SequenceItem& item);
  void CheckUntil(const ast::SequenceItem& until);
  void CheckKeys(const std::vector<ast::ExprId>& keys);
  void CheckKeyCounts(const std::vector<const ast::SequenceItem*>& items);
  void CheckSample(const ast::Sample& sample);
  void CheckSampleKeys(const ast::Sample& sample);
  void CheckJoin(const ast::Join& join);
  void RefuseMissing(const std::vector<ast::SequenceItem>& items);

  // --- check_pipes.cpp ---
  void CheckPipes();
  void CheckPipe(const ast::Pipe& pipe);

  // --- check_search.cpp ---
  bool IsArraySearch(const ast::Call& call) const;
  void CheckArraySearch(ast::ExprId id, const ast::Call& call);
  void CheckSearchedArray(ast::ExprId id, const ast::Call& call);
  void CheckVariable(ast::ExprId id, const ast::FieldRef& field);
  uint32_t SearchesAround(ast::ExprId id) const;
  void CheckLineage(ast::ExprId id, const ast::LineageTerm& term);
  void ReportNotCondition(ast::ExprId id, std::string_view construct);

  // --- check_alias.cpp ---
  void FindAliases();
  bool IsAliasReference(const ast::FieldRef& field) const;
  void CheckAliasReference(ast::ExprId id, const ast::FieldRef& field);

  // --- places.cpp ---
  void FindPlaces();
  void PlaceRoots();
  void PlaceChildren(ast::ExprId id);

  // --- check_dialect.cpp ---
  void RefuseLineage(const ast::LineageTerm& term, Span span);
  void RefuseQuotes(ast::Quotes quotes, Span span);
  void RefuseItemOptions(const ast::SequenceItem& item);
  // E0401 with `message`; the hint names the dialect that has the construct.
  void ReportNotInDialect(Span span, std::string message, std::string_view construct, std::string_view dialect);

  // Where an expression stands. Known before expressions are checked.
  struct Place {
    uint32_t item = 0;            // number of the sequence's positive item, from 1; 0: none
    uint32_t search = kNoSearch;  // ExprId of the innermost array search that binds its variable for it
    bool is_condition = false;    // joined to its filter by and, or, not alone
    bool binds = false;           // the `$name` of an array search
  };
  static constexpr uint32_t kNoSearch = UINT32_MAX;
  struct Alias {
    std::string_view name;
    uint32_t item;  // as Place::item
  };

  const ast::Ast& ast_;
  const Dialect dialect_;
  const bool any_type_;
  FieldCatalog* const fields_;
  DiagnosticSink& sink_;
  std::vector<ExprInfo> info_;
  std::vector<Place> places_;  // by ast::ExprId
  std::vector<Alias> aliases_;
  std::unordered_map<uint32_t, std::string> texts_;
};

// "first", "second" ... as Elasticsearch counts arguments.
std::string Ordinal(size_t index);

}  // namespace eqlc::sema
