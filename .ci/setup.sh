#!/bin/sh
# Installs what this machine lacks, and nothing that is there already.
#
#	.ci/setup.sh browser|shell|full|gcc|npm|office ...
#
#	browser  a browser that cookiescan can drive, of whichever engine
#	shell    the headless shell
#	full     a full Chromium or Chrome, which only the tests need as well
#	gcc      a C compiler, which the race detector needs
#	npm      npm, and with it the packages that testdata/platforms/package-lock.json
#	         pins, which only the tests need
#	office   LibreOffice without its windows (300 MB) and pdftotext, which read
#	         workbooks, documents and PDF for the tests
#
# Debian has a package of each. Elsewhere a browser that is missing is an error:
# Ubuntu's Chromium is a snap, which cannot be driven.
set -eu
cd "$(dirname "$0")/.."

go=${GO:-go}
finder=bin/find-browser
# The folder into which npx @puppeteer/browsers installs when run here.
PUPPETEER_CACHE_DIR=${PUPPETEER_CACHE_DIR:-$PWD}
export PUPPETEER_CACHE_DIR

say() { printf 'setup: %s\n' "$*" >&2; }
die() {
	say "$@"
	exit 1
}

# there NEED: succeeds if it is there; otherwise says on stderr what is wrong.
there() {
	case $1 in
	browser) "$finder" ;;
	shell | full) "$finder" -engine "$1" ;;
	npm) node --version && npm --version ;;
	office) command -v soffice && command -v pdftotext || { echo "soffice or pdftotext is not in PATH"; false; } ;;
	gcc)
		# CC may be two words (ccache gcc). The header shows that the C
		# library's development files are there too.
		# shellcheck disable=SC2046
		echo '#include <stdlib.h>' | $("$go" env CC) -x c -fsyntax-only -
		;;
	esac
}

# packages NEED: Debian's packages for it.
packages() {
	case $1 in
	browser | shell) echo chromium-headless-shell ;;
	full) echo chromium ;;
	gcc) echo gcc libc6-dev ;;
	npm) echo nodejs npm ;;
	office) echo libreoffice-calc-nogui libreoffice-writer-nogui poppler-utils ;;
	esac
}

# hint NEED: what a person can do where apt-get cannot help.
hint() {
	case $1 in
	browser) echo "install one with \`npx @puppeteer/browsers install chrome-headless-shell@stable\`, or name one: bin/cookiescan demo --browser PATH" ;;
	shell) echo "install it with \`npx @puppeteer/browsers install chrome-headless-shell@stable\`; to scan with another, use --browser PATH" ;;
	full) echo "install it with \`npx @puppeteer/browsers install chrome@stable\`; to scan with another, use --browser PATH" ;;
	gcc) echo "go test -race needs a C compiler: install gcc (macOS: xcode-select --install)" ;;
	npm) echo "the tests run against packages of npm: install Node.js with npm" ;;
	office) echo "the tests open what is written in LibreOffice and read PDF: install it and poppler, with soffice and pdftotext in PATH" ;;
	esac
}

# installable NEED: whether apt-get has it. The lists must be fresh.
installable() {
	command -v apt-get >/dev/null || return 1
	case $1 in gcc | npm | office) return 0 ;; esac
	# Whoever packages the headless shell packages a real Chromium too.
	apt-cache policy chromium-headless-shell 2>/dev/null | grep -q 'Candidate: [^(]'
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "not root and no sudo: as root, run: $*"
	fi
}

# apt_get waits for a lock, which a new machine's first update holds for a while.
apt_get() {
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
		-o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >&2
}

# update refreshes apt's lists. One source that fails need not be ours, so it
# is the installation that decides.
update() {
	command -v apt-get >/dev/null || return 0
	apt_get update || say "apt-get update failed, trying with the lists that are there"
}

# require NEED: ends with what is wrong and what to do if it is not there.
require() {
	why=$(there "$1" 2>&1 >/dev/null) && return 0
	[ -z "$why" ] || say "$why"
	die "$(hint "$1")"
}

# platforms installs what testdata/platforms/package-lock.json pins, without
# running any of it.
platforms() {
	dir=testdata/platforms
	npm ls --all --prefix "$dir" >/dev/null 2>&1 && return 0
	say "installing the packages of $dir/package-lock.json"
	npm ci --prefix "$dir" --ignore-scripts --no-audit --no-fund >&2 || die "npm could not install the packages of $dir/package-lock.json"
}

for need in "$@"; do
	[ -n "$(packages "$need")" ] || die "unknown: $need (browser, shell, full, gcc, npm or office)"
done
"$go" build -o "$finder" ./.ci/browser

missing=""
for need in "$@"; do
	there "$need" >/dev/null 2>&1 || missing="$missing $need"
done
if [ -n "$missing" ]; then
	update
	wanted=""
	for need in $missing; do
		installable "$need" || require "$need"
		wanted="$wanted $(packages "$need")"
	done
	say "installing$wanted"
	# shellcheck disable=SC2086
	apt_get install --no-install-recommends $wanted || die "apt-get could not install:$wanted"
	for need in $missing; do
		require "$need"
	done
fi

for need in "$@"; do
	[ "$need" != npm ] || platforms
done
