package egress

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// newTestCache has a spawn whose goroutines end with the test.
func newTestCache(t *testing.T, o Options) *nameCache {
	t.Helper()
	var wg sync.WaitGroup
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(func() { cancel(); wg.Wait() })
	return newNameCache(o.withDefaults(), func(f func(context.Context)) bool {
		wg.Go(func() { f(ctx) })
		return true
	})
}

func TestLookupIsKeptForItsTime(t *testing.T) {
	now, asked := time.Unix(0, 0), 0
	c := newTestCache(t, Options{
		ResolveTTL: time.Minute, Now: func() time.Time { return now },
		Resolver: resolverFunc(func(context.Context, string) ([]netip.Addr, error) { asked++; return addrs(publicV4), nil }),
	})
	for _, step := range []struct {
		at   time.Duration
		want int
	}{{0, 1}, {59 * time.Second, 1}, {60 * time.Second, 2}, {119 * time.Second, 2}, {120 * time.Second, 3}} {
		now = time.Unix(0, 0).Add(step.at)
		if _, err := c.lookup(t.Context(), "a.example"); err != nil || asked != step.want {
			t.Errorf("at %s: asked %d times, %v; want %d", step.at, asked, err, step.want)
		}
	}
}

func TestFailedLookupIsNotKept(t *testing.T) {
	asked := 0
	c := newTestCache(t, Options{Resolver: resolverFunc(func(context.Context, string) ([]netip.Addr, error) {
		if asked++; asked == 1 {
			return nil, errUnknownName
		}
		return addrs(publicV4), nil
	})})
	_, first := c.lookup(t.Context(), "a.example")
	_, second := c.lookup(t.Context(), "a.example")
	if first == nil || second != nil || asked != 2 {
		t.Errorf("%v, %v, asked %d times", first, second, asked)
	}
}

// Ten ask while the first look-up runs; one of them gives up; the rest share
// one answer.
func TestLookupsAreShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		answer := make(chan struct{})
		c := newTestCache(t, Options{Resolver: resolverFunc(func(ctx context.Context, _ string) ([]netip.Addr, error) {
			asked.Add(1)
			select {
			case <-answer:
				return addrs(publicV4), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		})})
		impatient, cancel := context.WithCancel(t.Context())
		gaveUp := make(chan error, 1)
		go func() { _, err := c.lookup(impatient, "a.example"); gaveUp <- err }()
		synctest.Wait()
		results := make(chan error, 10)
		for range 10 {
			go func() { _, err := c.lookup(t.Context(), "a.example"); results <- err }()
		}
		synctest.Wait()
		cancel()
		if err := <-gaveUp; err == nil {
			t.Error("the impatient one got an answer")
		}
		close(answer)
		for range 10 {
			if err := <-results; err != nil {
				t.Error(err)
			}
		}
		if asked.Load() != 1 {
			t.Errorf("asked %d times", asked.Load())
		}
	})
}

func TestLookupsAreBounded(t *testing.T) {
	var many []netip.Addr
	for i := range 100 {
		many = append(many, netip.AddrFrom4([4]byte{8, 8, 8, byte(i)}), netip.AddrFrom4([4]byte{8, 8, 8, byte(i)}))
	}
	c := newTestCache(t, Options{Resolver: resolverFunc(func(context.Context, string) ([]netip.Addr, error) { return many, nil })})
	for i := range maxCachedNames + 10 {
		got, err := c.lookup(t.Context(), fmt.Sprintf("h%d.example", i))
		if err != nil || len(got) != maxAddresses {
			t.Fatalf("%d addresses, %v", len(got), err)
		}
	}
	if n := len(c.lookups); n > maxCachedNames {
		t.Errorf("%d names kept", n)
	}
}
