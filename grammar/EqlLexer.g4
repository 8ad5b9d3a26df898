// Tokens of EQL, all dialects together (docs/semantics.md section 1; README.md says what differs from Elasticsearch).
//
// The lexer reads bytes; every byte of a non-ASCII character arrives as U+007F (compiler/syntax/antlr/byte_stream.h), so
// a set such as ~["\\\r\n] holds for all of Unicode and each decision stays inside ANTLR's fast table of 128 entries.
//
// The order of the tokens is the order in which error messages list them; it is Elasticsearch's.
lexer grammar EqlLexer;

// Tokens that the lexer never makes: where a query is read as python-eql's, compiler/syntax turns identifiers, `:`
// and `,` into them, so that no other query ever meets them.
tokens { MACRO, CONST, METHOD, LAST_COMMA }

AND: 'and';
ANY: 'any';
BY: 'by';
FALSE: 'false';
IN: 'in';
IN_INSENSITIVE: 'in~';
JOIN: 'join';
LIKE: 'like';
LIKE_INSENSITIVE: 'like~';
MAXSPAN: 'maxspan';
NOT: 'not';
NULL_LITERAL: 'null';  // NULL is a macro in C++
OF: 'of';
OR: 'or';
REGEX: 'regex';
REGEX_INSENSITIVE: 'regex~';
SAMPLE: 'sample';
SEQUENCE: 'sequence';
TRUE: 'true';
UNTIL: 'until';
WHERE: 'where';
WITH: 'with';

// Words that are ordinary identifiers except after `]` (rule `identifier`).
AS: 'as';
FORK: 'fork';

SEQ: ':';
ASGN: '=';
EQ: '==';
NEQ: '!=';
LT: '<';
LTE: '<=';
GT: '>';
GTE: '>=';
PLUS: '+';
MINUS: '-';
ASTERISK: '*';
SLASH: '/';
PERCENT: '%';
DOT: '.';
COMMA: ',';
// `[0]` is one token so that `by a [process where ...]` needs no second token of look-ahead.
SUBSCRIPT: '[' SPACE* DIGIT+ SPACE* ']';
LBRACKET: '[';
RBRACKET: ']';
MISSING: '![';
LPAREN: '(';
RPAREN: ')';
PIPE: '|';
OPTIONAL: '?';

STRING: '"' (ESCAPE | ~["\\\r\n])* '"';
// Shortest match; up to two more quotes that follow directly are content.
RAW_STRING: '"""' ~[\r\n]*? '"""' '"'? '"'?;
// Forms of python-eql. A quote behind a backslash ends a raw string only when no other one on the line does.
SINGLE_QUOTED: '\'' (ESCAPE | ~['\\\r\n])* '\'';
RAW_DOUBLE_QUOTED: '?"' ('\\"' | ~["\r\n])* '"';
RAW_SINGLE_QUOTED: '?\'' ('\\\'' | ~['\r\n])* '\'';

INTEGER: DIGIT+;
DECIMAL: DIGIT+ '.' DIGIT* EXPONENT? | '.' DIGIT+ EXPONENT? | DIGIT+ EXPONENT;

IDENTIFIER: [A-Za-z_@] [A-Za-z0-9_]*;
QUOTED_IDENTIFIER: '`' ('``' | ~'`')* '`';
TILDE_IDENTIFIER: [A-Za-z] [A-Za-z0-9_]* '~';
VARIABLE: '$' [A-Za-z_] [A-Za-z0-9_]*;

WHITESPACE: SPACE+ -> skip;
LINE_COMMENT: '//' ~[\r\n]* -> skip;
// Block comments nest. A mode instead of a recursive rule: no native stack, and one pass even when the end is missing.
COMMENT_OPEN: '/*' -> pushMode(COMMENT);

mode COMMENT;
COMMENT_NESTED: '/*' -> type(COMMENT_OPEN), pushMode(COMMENT);
COMMENT_CLOSE: '*/' -> popMode;
COMMENT_CHARS: (~[/*]+ | [/*]) -> skip;

fragment ESCAPE: '\\' [btnfr"'\\] | '\\u{' [0-9a-fA-F]+ '}';
fragment EXPONENT: [eE] [+-]? DIGIT+;
fragment DIGIT: [0-9];
fragment SPACE: [ \t\r\n];
