package main

import "os"

// getenv is the only place that reads the environment.
func getenv(name string) string { return os.Getenv(name) }
