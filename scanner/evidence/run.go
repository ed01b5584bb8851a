package evidence

// Run is one run of the program over a scan: what the document does not say of
// how it was made. It stands in the log, with the event that begins or goes on
// with the scan.
type Run struct {
	Command     []string   `json:"command"`               // with its secrets left out
	Environment []string   `json:"environment,omitempty"` // names of the variables that set flags
	Operator    string     `json:"operator,omitempty"`
	Case        string     `json:"case,omitempty"`
	Tool        Program    `json:"tool"`
	Browser     Binary     `json:"browser"`
	SuffixList  SuffixList `json:"suffixList"`
	System      System     `json:"system"`
	Clock       Clock      `json:"clock"`
	KeyIncluded bool       `json:"keyIncluded"` // the key of the digests is in the folder
}

// Program is what the tool was built from.
type Program struct {
	Name     string `json:"name"`
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the sources
	Modified bool   `json:"modified,omitempty"` // the sources differ from it
	Go       string `json:"go"`
	SHA256   string `json:"sha256,omitempty"` // of the program's file
}

// Binary is the browser's program.
type Binary struct {
	Product string `json:"product"`
	Version string `json:"version"`
	Engine  string `json:"engine"`
	Window  string `json:"window,omitempty"` // width,height in CSS pixels
	SHA256  string `json:"sha256,omitempty"` // of the program's file
}

// SuffixList is the public suffix list in the program, which decides what is
// first party.
type SuffixList struct {
	Version string `json:"version"`          // with the revision of the list, a hash
	Module  string `json:"module,omitempty"` // that holds it, with its version
	Hash    string `json:"hash,omitempty"`   // of that module, as in go.sum
}

// System is the machine.
type System struct {
	OS     string `json:"os"`
	Arch   string `json:"arch"`
	Kernel string `json:"kernel,omitempty"`
}

// Clock is what the system says of its clock.
type Clock struct {
	Source       string `json:"source"`
	Synchronised *bool  `json:"synchronised,omitempty"` // absent: the system does not tell
	MaxErrorMs   int64  `json:"maxErrorMs,omitempty"`   // as the kernel estimates it
}
