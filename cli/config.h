// The file of --config: options of the command as TOML. A key is a flag without its dashes; what stands at the top
// goes to every verb that has the flag, what stands in a table named for a verb to that verb alone.
//
//     timestamp-field = "event.created"
//     [run]
//     rules = ["rules", "more/rules"]
//     format = "table"
//
// A flag on the command line wins over EQLC_*, which wins over the file.
#pragma once

namespace CLI {
class App;
}

namespace eqlc::cli {

// Adds --config (EQLC_CONFIG) to the command. REQUIRES: called before the verbs are added.
void AddConfig(CLI::App& app);

}  // namespace eqlc::cli
