package rules

import (
	"testing"
	"time"
)

// BenchmarkClassify looks up every example of the embedded rules, and as many
// names that nobody knows.
func BenchmarkClassify(b *testing.B) {
	db := embedded(b)
	queries := benchQueries(db)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		db.Match(queries[n%len(queries)])
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "classifications/s")
}

func benchQueries(db *DB) []Query {
	var queries []Query
	for r := range db.Rules() {
		for _, example := range r.provable() {
			q := r.Query(example)
			queries = append(queries, q, Query{Kind: Cookie, Name: "x" + example, Domain: "shop.test", Setter: "www.shop.test", Party: "first"})
		}
	}
	return queries
}

// BenchmarkStart is what the rules cost at the start of the program.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if _, err := Embedded(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(time.Millisecond)/float64(b.N), "ms/start")
}

// BenchmarkYAML is why there is a compiled form.
func BenchmarkYAML(b *testing.B) {
	for b.Loop() {
		if _, err := parseEmbedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func embedded(t testing.TB) *DB {
	t.Helper()
	db, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return db
}
