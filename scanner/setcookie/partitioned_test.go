package setcookie

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPartitioned(t *testing.T) {
	const top = "https://top.test"
	tests := []struct {
		line, url string
		cross     bool
		topSite   string
		want      *PartitionKey // nil: refused as InvalidPartitioned
	}{
		{"a=b; Secure; Partitioned", ordinaryURL, false, "", &PartitionKey{TopLevelSite: "https://example.org"}},
		{"a=b; Secure; SameSite=None; partitioned=0", ordinaryURL, true, top, &PartitionKey{TopLevelSite: top, HasCrossSiteAncestor: true}},
		{"a=b; Secure; Partitioned", "http://localhost/", false, "", &PartitionKey{TopLevelSite: "http://localhost"}},
		{"__Host-a=b; Secure; Path=/; Partitioned", ordinaryURL, false, "", &PartitionKey{TopLevelSite: "https://example.org"}},
		{"a=b; Partitioned", ordinaryURL, false, "", nil},
		{"a=b; SameSite=None; Partitioned", ordinaryURL, true, top, nil},
		{"a=b; Secure; Partitioned", "http://home.example.org/", false, "", nil},
	}
	for _, tt := range tests {
		ctx := contextAt(t, tt.url)
		ctx.TopLevelSite = tt.topSite
		if tt.cross {
			ctx.SameSite = ContextCrossSite
		}
		r := Evaluate([]byte(tt.line), ctx)
		if tt.want == nil {
			if r.Stored || !slices.Equal(r.Reasons, reasons(InvalidPartitioned)) {
				t.Errorf("%s at %s: %v %v, want InvalidPartitioned", tt.line, tt.url, r.Stored, r.Reasons)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, r.Cookie.PartitionKey); !r.Stored || diff != "" {
			t.Errorf("%s at %s: %v %v, key (-want +got):\n%s", tt.line, tt.url, r.Stored, r.Reasons, diff)
		}
	}
	if c := evaluate(t, "a=b; Secure", ordinaryURL).Cookie; c.PartitionKey != nil || c.Partitioned {
		t.Errorf("without the attribute: %+v, want no key", c)
	}
}
