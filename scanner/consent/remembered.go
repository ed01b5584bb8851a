package consent

import "sync"

// remembered are the roles of texts that were asked for before.
type remembered struct {
	mu    sync.Mutex
	roles map[string]roleIn
}

type roleIn struct {
	role     Role
	language string
}

// A site has some hundred labels; one that makes ever new ones, or long ones,
// must not fill the memory.
const (
	maxRemembered = 10_000
	maxLabel      = 200 // bytes
)

// of is the role that find gives, asked once a text.
func (m *remembered) of(text string, find func(string) (Role, string)) (Role, string) {
	if len(text) > maxLabel {
		return find(text)
	}
	m.mu.Lock()
	known, ok := m.roles[text]
	m.mu.Unlock()
	if ok {
		return known.role, known.language
	}
	var found roleIn
	found.role, found.language = find(text)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.roles == nil || len(m.roles) >= maxRemembered {
		m.roles = map[string]roleIn{}
	}
	m.roles[text] = found
	return found.role, found.language
}
