/// \file
/// Every limit of eqlc, in one place. Input beyond a limit gets a diagnostic or is counted and skipped; never a crash.
#pragma once

#include <cstddef>
#include <cstdint>

namespace eqlc::limits {

// Rule text.
inline constexpr size_t kMaxRuleFileBytes = 4u << 20;  ///< The largest public rule file has 60 KB.
inline constexpr size_t kMaxRulesInFile = 100'000;     ///< For formats that hold many rules in one file.
inline constexpr uint32_t kMaxTomlNesting = 64;        ///< Arrays and inline tables; the deepest public rule has 4.
inline constexpr uint32_t kMaxTomlKeyParts = 32;       ///< toml++ recurses per part of a dotted key.
inline constexpr size_t kMaxQueryBytes = 1u << 20;     ///< The largest public query has 47 KB.
inline constexpr uint32_t kMaxQueryTokens = 200'000;   ///< About one token per five bytes in the densest public query.
inline constexpr uint32_t kMaxQueryNesting = 1'000;  ///< Brackets, `not` and unary signs; docs/semantics.md section 1.
inline constexpr uint32_t kMaxMacroDepth = 8;        ///< Macros that are used inside each other (dialect python).
inline constexpr size_t kMaxExpandedNodes = kMaxQueryTokens;  ///< Of a query with macros and constants expanded.
inline constexpr size_t kMaxExpandedBytes = kMaxQueryBytes;   ///< Put in place of macros, parameters and constants.
inline constexpr uint32_t kMaxDiagnosticsPerRule = 50;        ///< Later ones are dropped; the last says how many.
inline constexpr size_t kMaxLineTextBytes = 64u << 10;  ///< Of a source line kept in a diagnostic; queries reach 47 KB.
inline constexpr size_t kParserStackBytes = 64u << 20;  ///< Stack of the thread that parses; touched only when nested.

inline constexpr unsigned kMaxCompileThreads = 256;  ///< Of one compilation.

// Schemas.
inline constexpr size_t kMaxSchemaBytes = 32u << 20;  ///< The mapping of a large index has some 2 MB.
inline constexpr size_t kMaxSchemaFields = 100'000;   ///< Elasticsearch's own default limit is 1,000 an index.
inline constexpr uint32_t kMaxSchemaNesting = 64;     ///< Of the JSON; two levels per level of a field.
inline constexpr size_t kMaxSchemaPathBytes = 1'024;

// The command.
inline constexpr size_t kMaxConfigBytes = 64u << 10;  ///< The file of --config.

// Sequences and samples (docs/semantics.md section 5).
inline constexpr uint32_t kMaxSequenceItems = 256;
inline constexpr uint32_t kMaxRuns = 100;
inline constexpr uint32_t kMaxSampleItems = 5;
inline constexpr uint32_t kMaxSamplesPerKey = 1'000;  ///< A key keeps about so many events per item of a sample.
inline constexpr uint32_t kMaxPipes = 64;             ///< Of one query; they call each other.

// Array searches and process relations.
inline constexpr uint32_t kMaxArraySearchNesting = 2;  ///< A search inside a search multiplies the elements visited.
inline constexpr uint32_t kMaxLineageProcesses = 1u << 18;  ///< Kept by a session; the least recently seen one goes.

// Patterns.
inline constexpr uint32_t kMaxRegexStates = 50'000;  ///< States of one automaton; larger patterns are refused.
inline constexpr uint32_t kMaxRegexRepeat = 1'000;   ///< n and m of `{n,m}`.
inline constexpr uint32_t kMaxRegexNesting = 250;    ///< Groups, `~` and repetitions inside each other.
/// Of what stands before parts that end with `$`, once for each of them (dialect python).
inline constexpr size_t kMaxRegexCopiedBytes = 1u << 20;

// Program images; what the compiler makes of rules within the limits above stays within these.
inline constexpr size_t kMaxImageBytes = size_t{1} << 30;             ///< What Load is willing to read into memory.
inline constexpr size_t kMaxRulesetFileBytes = size_t{3} << 29;       ///< The same of an image with its machine code.
inline constexpr size_t kMaxCacheBytes = 256u << 20;                  ///< Of all entries in a cache folder.
inline constexpr uint32_t kMaxExprDepth = 4 * kMaxQueryNesting + 16;  ///< Few IR nodes per level of a query.
inline constexpr uint64_t kMaxExpandedExprs = 1u << 26;  ///< Nodes of a program with shared ones counted at each use.

// The rule index.
inline constexpr uint32_t kMaxSignatureFields = 4;        ///< Fields that pick a partition.
inline constexpr uint32_t kMaxClausesPerCondition = 8;    ///< The most selective are kept.
inline constexpr uint32_t kMaxTestsPerClause = 2'048;     ///< The longest list of a public rule has some 200 patterns.
inline constexpr uint32_t kMaxPartitions = 256;           ///< Of one program; a real stream needs about 40.
inline constexpr size_t kMaxAutomatonBytes = 16u << 20;   ///< What one partition remembers of events.
inline constexpr size_t kMaxPartitionBytes = 128u << 20;  ///< Of a program; of what a session remembers about them.

// Events.
inline constexpr size_t kMaxEventBytes = 64u << 20;       ///< One NDJSON line.
inline constexpr uint32_t kMaxEventNesting = 512;         ///< Objects and arrays inside one event.
inline constexpr uint32_t kMaxValuesPerEvent = 1u << 20;  ///< Values kept for fields the rules use.
inline constexpr uint32_t kMaxElementsPerArray = 4'096;   ///< Of one event's array that `_arraysearch` looks at.
inline constexpr uint32_t kMaxAliasValues = 4'096;        ///< Values of earlier events that one item is compared with.
inline constexpr uint32_t kMaxKeysPerEvent = 1'024;       ///< Cartesian product of multi-valued join keys.
inline constexpr size_t kMaxScratchBytes = 16u << 20;     ///< Strings computed by functions for one event.
inline constexpr uint64_t kMaxCombinationsPerLeaf = 1u << 20;   ///< Value combinations tried for one leaf.
inline constexpr uint64_t kMaxSearchedBytesPerLeaf = 1u << 28;  ///< Text of list elements that searches look at.
inline constexpr size_t kMaxDecompressedRatio = 1'000;          ///< Output bytes per input byte of a compressed source.

// Many events at a time, and in parallel.
inline constexpr uint32_t kMaxThreads = 1'024;
inline constexpr size_t kChunkBytes = 256u << 10;  ///< Fits the second-level cache with what decoding touches.
inline constexpr uint32_t kChunksPerThread = 4;    ///< Read but not done; kChunkBytes each or the same in longer ones.
inline constexpr size_t kMaxMatchesPerChunk = 1u << 18;  ///< Conditions that hold; found ahead of the events' turn.
inline constexpr size_t kAlertsPerBatch = 32;  ///< Or kChunkBytes of events; kChunksPerThread batches are under way.
inline constexpr size_t kRenderedBytesPerBatch = 1u << 20;  ///< Text of alerts, made ahead of their turn.

// Sequence state of one session; older partial sequences are evicted and counted.
inline constexpr size_t kDefaultStateBytes = size_t{1} << 30;
inline constexpr uint32_t kMaxKeysPerRule = 4'000'000;
inline constexpr size_t kMaxTailBytes = 256u << 20;  ///< Held back by pipes of one rule; `tail` lets the oldest go.

}  // namespace eqlc::limits
