package gpp

// The ids of the sections that are no section of the United States of one
// layout (Sections/Section Information.md of the specification).
const (
	TCFEU  = 2 // a TC string, see package tcf
	tcfCA  = 5
	uspV1  = 6
	header = 3 // the type of the header itself
)

// layout is where a section of a State has its opt-outs, in bits from its
// beginning; 0: it has no such field. Fields have two bits: 0 does not apply,
// 1 opted out, 2 did not opt out.
type layout struct {
	name                    string
	sale, sharing, targeted int
}

// layouts are the sections of the United States by id, as the technical
// specifications of the States give them.
var layouts = map[int]layout{
	7:  {"usnat", 18, 20, 22},
	8:  {"usca", 12, 14, 0},
	9:  {"usva", 12, 0, 14},
	10: {"usco", 12, 0, 14},
	11: {"usut", 14, 0, 16},
	12: {"usct", 12, 0, 14},
	13: {"usfl", 12, 0, 14},
	14: {"usmt", 12, 0, 14},
	15: {"usor", 12, 0, 14},
	16: {"ustx", 12, 0, 14},
	17: {"usde", 12, 0, 14},
	18: {"usia", 14, 0, 16},
	19: {"usne", 12, 0, 14},
	20: {"usnh", 12, 0, 14},
	21: {"usnj", 12, 0, 14},
	22: {"ustn", 12, 0, 14},
	23: {"usmn", 12, 0, 14},
	24: {"usmd", 16, 0, 18},
	25: {"usin", 16, 0, 18},
	26: {"usky", 16, 0, 18},
	27: {"usri", 16, 0, 18},
}

// nameOf is the prefix of a section in the interface of a page.
func nameOf(id int) string {
	switch id {
	case TCFEU:
		return "tcfeuv2"
	case tcfCA:
		return "tcfcav1"
	case uspV1:
		return "uspv1"
	}
	return layouts[id].name
}
