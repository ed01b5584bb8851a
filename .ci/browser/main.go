// Command browser tells the set-up script whether a browser is there: it prints
// the path of the one that cookiescan would choose, or why there is none (exit
// 1). It does not start it.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"cookiescan/scanner/chrome/process"
)

func main() {
	engine := flag.String("engine", "", "shell or full; empty takes either, the shell first")
	flag.Parse()
	found, err := process.Find(context.Background(), process.FindOptions{Engine: process.Engine(*engine), Getenv: os.Getenv})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(found.Path)
}
