package steps

import "unicode/utf8"

// KeyCode is a key as an input event needs it.
type KeyCode struct {
	Key, Code string // KeyboardEvent.key and .code
	Virtual   int    // Windows virtual key code
	Text      string // that it types
}

// keys are those that log-in forms and menus take, by KeyboardEvent.key.
var keys = map[string]KeyCode{
	"Enter":      {"Enter", "Enter", 13, "\r"},
	"Tab":        {"Tab", "Tab", 9, ""},
	"Escape":     {"Escape", "Escape", 27, ""},
	"Backspace":  {"Backspace", "Backspace", 8, ""},
	"Delete":     {"Delete", "Delete", 46, ""},
	"Home":       {"Home", "Home", 36, ""},
	"End":        {"End", "End", 35, ""},
	"PageUp":     {"PageUp", "PageUp", 33, ""},
	"PageDown":   {"PageDown", "PageDown", 34, ""},
	"ArrowLeft":  {"ArrowLeft", "ArrowLeft", 37, ""},
	"ArrowUp":    {"ArrowUp", "ArrowUp", 38, ""},
	"ArrowRight": {"ArrowRight", "ArrowRight", 39, ""},
	"ArrowDown":  {"ArrowDown", "ArrowDown", 40, ""},
	"Shift":      {"Shift", "ShiftLeft", 16, ""},
	"Control":    {"Control", "ControlLeft", 17, ""},
	"Alt":        {"Alt", "AltLeft", 18, ""},
	"Meta":       {"Meta", "MetaLeft", 91, ""},
}

// KeyOf finds a key by its name or the character that it types.
func KeyOf(name string) (KeyCode, bool) {
	switch name {
	case "\r", "\n", "NumpadEnter":
		name = "Enter"
	case "Space":
		name = " "
	}
	if k, ok := keys[name]; ok {
		return k, true
	}
	if r, n := utf8.DecodeRuneInString(name); n > 0 && n == len(name) && r >= ' ' && r != 0x7f && r != utf8.RuneError {
		return KeyCode{Key: name, Text: name}, true
	}
	return KeyCode{}, false
}
