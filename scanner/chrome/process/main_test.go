//go:build linux

package process

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// TestMain runs the tests, or, if a test started this binary as the victim of
// its experiment, the victim.
func TestMain(m *testing.M) {
	if role := os.Getenv("PROCESS_TEST_VICTIM"); role != "" {
		if err := victim(role); err != nil {
			fmt.Fprintln(os.Stderr, "victim:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// limit ends what hangs, long after a slow machine has finished.
const limit = 5 * time.Minute

// testContext ends a test that hangs.
func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

// find finds a real browser of the engine. None is a failure: the tests are
// worth nothing without.
func find(t testing.TB, e Engine) Binary {
	t.Helper()
	b, err := Find(t.Context(), FindOptions{Engine: e, Getenv: os.Getenv})
	if err != nil {
		t.Fatalf("these tests need a browser of each engine: %v", err)
	}
	return b
}

// tempDir is a folder with a short name, as TMPDIR is as a rule; t.TempDir has
// long ones.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "cs") //nolint:usetesting // see above
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// start starts a browser in a temporary folder of the test's own, closes it at
// the end and checks that nothing is left.
func start(t testing.TB, o Options) *Process {
	t.Helper()
	if o.TempDir == "" {
		o.TempDir = tempDir(t)
	}
	p, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("Close: %v", err)
		}
		assertNothingLeft(t, o.TempDir)
	})
	return p
}

// eventually waits until condition gives an empty string, which otherwise says
// what is still wrong.
func eventually(ctx context.Context, t testing.TB, condition func() string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		wrong := condition()
		if wrong == "" {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("gave up waiting: %s", wrong)
		case <-tick.C:
		}
	}
}
