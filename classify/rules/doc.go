// Package rules is the database that says what cookies, storage keys and
// requests of the web are for: a YAML file for each vendor, embedded, and files
// of the user on top. It loads and checks such files, compiles them into an
// index and finds the rule for a name.
//
// It knows names and hosts only. It judges no scan, guesses nothing from the
// shape of a name or a value, and has no words for a reader: purposes are keys.
package rules
