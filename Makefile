GO ?= go
TOOL = $(GO) tool -modfile=.ci/tools/go.mod
FUZZTIME ?= 30s
TIMEOUT ?= 40m

# npx @puppeteer/browsers, run in this folder, installs below it; tests run in
# folders of their own and find it there by this.
export PUPPETEER_CACHE_DIR ?= $(CURDIR)
export GO

# The folder whose node_modules holds the packages of npm that tests run
# against: what is named must be installed.
test test-broad: export COOKIESCAN_PLATFORMS = $(CURDIR)/testdata/platforms

.DEFAULT_GOAL := help
.PHONY: help demo build test test-broad test-heavy test-hostile test-pure lint fmt vuln bench fuzz clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: ## install a browser if there is none, build, scan the built-in demo site
	.ci/setup.sh browser
	$(MAKE) --no-print-directory build
	bin/cookiescan demo

build: ## build bin/cookiescan
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/cookiescan ./cmd/cookiescan

# -count=1: a browser is no input that the test cache knows of.
#
# BROAD are the tests that show many sites to the same code. The race detector
# sees that code in the others (TestCrawl, TestChoice, TestTruth) and would only
# make these twice as long; so it would classify and report, which run beside
# nothing (a test of scanner sees to that) but in TestParallel. HEAVY, the longest of
# them, runs beside the others. The site that does everything wrong comes without
# the race detector and without others that could take time from it: its pages have
# budgets in real time. Most of that is waiting, so classify and report run
# meanwhile, with what it leaves of the processor.
BROAD = ^Test(Consent|Signals|Platforms|PlatformAnswers|Ordinary|TruthInARunningBrowser)$$
HEAVY = ^TestHeavy$$
GOTEST = $(GO) test -count=1 -timeout $(TIMEOUT)

test: ## install what the tests need, then run every test
	.ci/setup.sh gcc shell full npm office
	$(GOTEST) -race -p 2 -skip '$(BROAD)|$(HEAVY)|^TestHostile$$' ./cmd/... ./scanner/...
	$(GOTEST) -race -run '^TestParallel$$' ./classify/declaration/page ./report
	$(MAKE) --no-print-directory -j2 -Otarget test-hostile test-pure
	$(MAKE) --no-print-directory -j2 -Otarget test-heavy test-broad

test-hostile:
	$(GOTEST) -run '^TestHostile$$' ./scanner/chrome

test-broad:
	$(GOTEST) -run '$(BROAD)' ./scanner/chrome

test-heavy:
	$(GOTEST) -run '$(HEAVY)' ./scanner/chrome

test-pure:
	nice -n 19 $(GOTEST) -p 1 ./classify/... ./report/...

lint: ## run the linters
	$(TOOL) golangci-lint run ./... ./.ci/browser ./testdata/platforms
	@dead=$$($(TOOL) deadcode -test ./...) || exit; \
	if [ -n "$$dead" ]; then echo "$$dead"; exit 1; fi
	$(GO) run ./cmd/cookiescan rules lint
	$(GO) mod tidy -diff

fmt: ## format the Go files as lint wants them
	$(TOOL) golangci-lint fmt ./... ./.ci/browser ./testdata/platforms

vuln: ## look for known vulnerabilities that our code reaches
	$(TOOL) govulncheck ./...

# -p 1: two packages at a time would measure each other.
bench: ## run the benchmarks
	.ci/setup.sh shell full
	$(GO) test -run '^$$' -bench . -p 1 -timeout 1h ./...

fuzz: ## run every fuzz test for FUZZTIME (30s)
	@$(GO) test -list '^Fuzz' ./... | \
	awk '/^Fuzz/ { names[++n] = $$1 } /^ok/ { for (i = 1; i <= n; i++) print $$2, names[i]; n = 0 }' | \
	while read -r pkg name; do \
		echo "== $$pkg $$name"; \
		$(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$pkg" </dev/null || exit; \
	done

clean: ## remove what was built
	rm -rf bin
