//go:build !linux

package process

import "context"

// probeUserNamespace has nothing to probe: only Linux has user namespaces.
func probeUserNamespace(context.Context) error { return nil }
