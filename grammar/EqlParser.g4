// The syntax of EQL, the union of all dialects (docs/semantics.md section 2). What a dialect forbids and what only
// meaning can tell (key counts, types, names) is sema's business.
//
// Invariant: every decision is LL(1), so the generated parser holds no call of adaptivePredict: it is linear in the
// tokens, needs no shared prediction cache, and recurses only for `(`, `[` and calls (tests/unit/compiler/syntax and
// README.md). Chains (`and`, `or`, `not`, signs, lists, arithmetic) are loops.
//
// The builder (compiler/syntax/build_ast.cpp) reads labels only; no parse tree is kept.
parser grammar EqlParser;

options { tokenVocab = EqlLexer; }

statement: definitions+=definition* body=query pipes+=pipe* EOF;

// python-eql's; expanded where they are used (compiler/syntax/antlr/build_ast.cpp).
definition
    : macro=MACRO name=identifier LPAREN (params+=identifier (COMMA params+=identifier)*)? RPAREN body=expression
    | CONST name=identifier EQ value=constant
    ;

// An expression on its own, for `eval`.
bareExpression: body=expression EOF;

query
    : event=eventFilter
    | ordered=sequence
    | unordered=sample
    | joined=join
    ;

eventFilter: name=category WHERE condition=expression;

category: any=ANY | word=identifier | text=string;

// `by` after `with` is parsed for the sake of its error message.
sequence
    : SEQUENCE (keys=by span=maxspan? | span=maxspan misplaced=by?)? items+=item+ (UNTIL stop_item=item)?
    ;

sample: SAMPLE keys=by? items+=item+;

join: JOIN keys=by? items+=item+ (UNTIL stop_item=item)?;

by: BY keys+=expression (COMMA keys+=expression)* LAST_COMMA?;

maxspan: WITH MAXSPAN ASGN number=(INTEGER | DECIMAL) unit=identifier?;

item
    : open=(LBRACKET | MISSING) filter=eventFilter close=RBRACKET
      fork=forkOption? keys=by? runs=runsOption? alias=aliasOption?
    ;

forkOption: word=FORK (ASGN value=(TRUE | FALSE))?;

runsOption: WITH name=identifier ASGN value=INTEGER;

aliasOption: AS name=identifier;

// Arguments are separated by commas; python-eql also takes plain ones separated by blanks.
pipe: PIPE name=identifier (args+=expression ((COMMA args+=expression)* LAST_COMMA? | atoms+=atom+))?;

atom: value=constant | ref=reference;

expression: operands+=conjunction (OR operands+=conjunction)*;

conjunction: operands+=inversion (AND operands+=inversion)*;

inversion: nots+=NOT* operand=comparison;

// Not a chain: `a < b < c` is an error.
comparison: left=sum (op=(EQ | NEQ | LT | LTE | GT | GTE) right=sum)?;

sum: operands+=product (ops+=(PLUS | MINUS) operands+=product)*;

product: operands+=factor (ops+=(ASTERISK | SLASH | PERCENT) operands+=factor)*;

factor: signs+=(PLUS | MINUS)* operand=predicated;

// A predicate belongs to the primary alone: `a + b in (1)` is `a + (b in (1))`. Python-eql's belongs to the whole sum,
// which the builder sees to.
predicated: operand=primary methods+=method* (membership=inPredicate | pattern=patternPredicate)?;

// `a:length()` is `length(a)`.
method: METHOD name=identifier args=arguments;

inPredicate: negated=NOT? op=(IN | IN_INSENSITIVE) LPAREN items+=expression (COMMA items+=expression)* LAST_COMMA? RPAREN;

patternPredicate
    : op=(SEQ | LIKE | LIKE_INSENSITIVE | REGEX | REGEX_INSENSITIVE)
      (items+=constant | list=LPAREN items+=constant (COMMA items+=constant)* RPAREN)
    ;

primary: value=constant | ref=reference | LPAREN inner=expression RPAREN;

// A field, a call, or `descendant of [...]`; told apart by the token after the name.
reference
    : question=OPTIONAL path=fieldPath
    | variable=VARIABLE rest=fieldTail
    | quoted=QUOTED_IDENTIFIER rest=fieldTail
    | word=identifier (args=arguments | of=OF LBRACKET filter=eventFilter close=RBRACKET | rest=fieldTail)
    | tilde=TILDE_IDENTIFIER args=arguments
    ;

arguments: LPAREN (items+=expression (COMMA items+=expression)* LAST_COMMA?)? close=RPAREN;

fieldPath: head=pathPart tail=fieldTail;

fieldTail: (DOT parts+=pathPart | subscripts+=SUBSCRIPT)*;

pathPart: word=identifier | quoted=QUOTED_IDENTIFIER;

identifier: IDENTIFIER | AS | FORK;

constant
    : none=NULL_LITERAL
    | number=(INTEGER | DECIMAL)
    | truth=(TRUE | FALSE)
    | text=string
    ;

string: STRING | RAW_STRING | SINGLE_QUOTED | RAW_DOUBLE_QUOTED | RAW_SINGLE_QUOTED;
