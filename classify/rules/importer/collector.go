package importer

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"slices"
	"strings"

	"cookiescan/classify/lifetime"
	"cookiescan/classify/rules"
)

// A collector gathers vendors and rules from a list.
type collector struct {
	format  Format
	file    string
	reader  *lifetime.Reader      // when first needed
	failed  error                 // to make it
	vendors map[string]*rules.Set // by id
	owners  map[string]string     // vendor ids by domain
	seen    map[string]string     // categories by all that a rule matches on
	skipped map[string]int
}

func newCollector(f Format, file string) *collector {
	return &collector{
		format: f, file: file,
		vendors: map[string]*rules.Set{}, owners: map[string]string{}, seen: map[string]string{}, skipped: map[string]int{},
	}
}

// Why something is left out.
const (
	noName        = "without a name"
	noVendor      = "without a vendor"
	noCategory    = "of no category that is known"
	noHost        = "hosts that are none, or everybody's"
	tooShort      = "patterns too short to tell anything"
	tooGeneral    = "names that could be anybody's, without a domain"
	twice         = "given twice"
	contradictory = "given twice, with different categories"
	notOfBrowsers = "not stored by browsers"
	ended         = "no longer in use"
	filters       = "filters, which are no domains"
	taken         = "domains that an earlier vendor has"
)

func (c *collector) skip(why string) { c.skipped[why]++ }

// vendor is the vendor of a name; nil if that is none.
func (c *collector) vendor(name string) *rules.Vendor {
	name = oneLine(name)
	if name == "" {
		return nil
	}
	id := slug(name)
	set := c.vendors[id]
	if set == nil {
		set = &rules.Set{Vendor: rules.Vendor{ID: id, Name: name, Role: rules.RoleService}}
		c.vendors[id] = set
	}
	return &set.Vendor
}

// fileVendor is a vendor named after the file.
func (c *collector) fileVendor() *rules.Vendor {
	base := filepath.Base(c.file)
	base = strings.TrimSuffix(base, filepath.Ext(base))
	if v := c.vendor(base); v != nil && slug(base) != "" {
		return v
	}
	return c.vendor("imported")
}

// domain gives a vendor a domain, unless another has it.
func (c *collector) domain(v *rules.Vendor, text string) {
	hosts := hostsIn(text)
	if len(hosts) == 0 {
		c.skip(noHost)
	}
	for _, h := range hosts {
		switch owner, ok := c.owners[h]; {
		case !ok:
			c.owners[h] = v.ID
			v.Domains = append(v.Domains, h)
		case owner != v.ID:
			c.skip(taken)
		}
	}
}

// An item is a name in a list.
type item struct {
	name     string
	prefix   bool // the name is the beginning of many
	domains  []string
	kinds    []rules.Kind
	legal    legal
	lifetime string
	party    string
}

// legal is a category with its exemption.
type legal struct{ category, exemption, condition string }

// rule adds what an item says about a vendor's names.
func (c *collector) rule(v *rules.Vendor, it item) {
	m, why := match(it)
	if why != "" {
		c.skip(why)
		return
	}
	key := fmt.Sprint(it.kinds, m)
	if category, ok := c.seen[key]; ok {
		why := twice
		if category != it.legal.category {
			why = contradictory
		}
		c.skip(why)
		return
	}
	c.seen[key] = it.legal.category
	set := c.vendors[v.ID]
	set.Rules = append(set.Rules, rules.Rule{
		ID: freeID(set, m.Shown()), Kinds: it.kinds, Match: m,
		Category: it.legal.category, Exemption: rules.Exemption{Default: it.legal.exemption}, Condition: it.legal.condition,
		Lifetime: it.lifetime, Party: it.party, Source: c.format.Description, Examples: []string{example(m)},
	})
}

// freeID is an id that no rule of a set has yet.
func freeID(set *rules.Set, name string) string {
	id := slug(name)
	for n := 2; slices.ContainsFunc(set.Rules, func(r rules.Rule) bool { return r.ID == id }); n++ {
		id = fmt.Sprintf("%s-%d", slug(name), n)
	}
	return id
}

// slug makes an id of a name. Of a name without Latin letters it is a number.
func slug(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	if id := strings.TrimSuffix(b.String(), "-"); id != "" {
		return id
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return fmt.Sprintf("n%08x", h.Sum32())
}

// oneLine is a text without what would break a line, and without the spaces
// around it.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (c *collector) result() (Result, error) {
	r := Result{Format: c.format}
	if c.failed != nil {
		return r, c.failed
	}
	for _, set := range c.vendors {
		if len(set.Rules) == 0 && len(set.Vendor.Domains) == 0 {
			continue
		}
		r.Sets = append(r.Sets, *set)
		r.Rules += len(set.Rules)
	}
	slices.SortFunc(r.Sets, func(a, b rules.Set) int { return cmp.Compare(a.Vendor.ID, b.Vendor.ID) })
	for why, n := range c.skipped {
		r.Skipped = append(r.Skipped, Skip{why, n})
	}
	slices.SortFunc(r.Skipped, func(a, b Skip) int { return cmp.Or(-cmp.Compare(a.Count, b.Count), cmp.Compare(a.Why, b.Why)) })
	if len(r.Sets) == 0 {
		return r, fmt.Errorf("%s holds nothing that can be taken", c.format.Description)
	}
	return r, nil
}
