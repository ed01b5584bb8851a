//go:build !unix

package main

import "os"

// terminalWidth is the number of columns, 0 if it cannot be told.
func terminalWidth(*os.File) int { return 0 }
