package report

import (
	"slices"
	"strings"

	"cookiescan/report/xlsx"
	"cookiescan/scanner"
)

func cookieColumns() []tableColumn[scanner.Cookie] {
	type column = tableColumn[scanner.Cookie]
	return slices.Concat([]column{
		{"Name", 26, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.Name) }},
		{"Domain", 24, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.Domain) }},
		{"Path", 10, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.Path) }},
		{"Party", 8, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(string(c.Party)) }},
	}, classColumns(func(c scanner.Cookie) (*scanner.Classification, string) { return c.Classification, c.Domain }), []column{
		{"Written in", 20, func(_ view, c scanner.Cookie) xlsx.Value { return sheetList(c.Phases) }},
		{"There at the end of", 20, func(_ view, c scanner.Cookie) xlsx.Value { return sheetList(c.Present) }},
		{"Stored", 9, func(_ view, c scanner.Cookie) xlsx.Value { return xlsx.Bool(c.Stored) }},
		{"Session", 9, func(_ view, c scanner.Cookie) xlsx.Value { return xlsx.Bool(c.Session) }},
		{"Stored for (days)", 12, func(_ view, c scanner.Cookie) xlsx.Value { return sheetDays(c.Lifetime.StoredSeconds) }},
		{"Declared (days)", 12, func(_ view, c scanner.Cookie) xlsx.Value { return sheetDays(c.Lifetime.DeclaredSeconds) }},
		{"Declared as", 22, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.Lifetime.Raw) }},
		{"HttpOnly", 10, func(_ view, c scanner.Cookie) xlsx.Value { return xlsx.Bool(c.HTTPOnly) }},
		{"Secure", 9, func(_ view, c scanner.Cookie) xlsx.Value { return xlsx.Bool(c.Secure) }},
		{"SameSite", 10, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.SameSite) }},
		{"Host only", 10, func(_ view, c scanner.Cookie) xlsx.Value { return xlsx.Bool(c.HostOnly) }},
		{"Partition", 20, func(_ view, c scanner.Cookie) xlsx.Value {
			if c.PartitionKey == nil {
				return xlsx.Value{}
			}
			return sheetText(c.PartitionKey.TopLevelSite)
		}},
		{"Size (octets)", 9, func(_ view, c scanner.Cookie) xlsx.Value { return sheetCount(c.Size) }},
		{"Set via", 16, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(string(setting(c).Via)) }},
		{"Set by", 44, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(setting(c).URL) }},
		{"Line", 7, func(_ view, c scanner.Cookie) xlsx.Value { return sheetCountOr(setting(c).Line) }},
		{"Loaded by", 44, func(_ view, c scanner.Cookie) xlsx.Value { return sheetList(setting(c).Initiators) }},
		{"When", 12, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(string(setting(c).Trigger)) }},
		{"First page", 40, func(v view, c scanner.Cookie) xlsx.Value { return sheetText(v.pageURL(setting(c).Page)) }},
		{"Sent to", 36, func(_ view, c scanner.Cookie) xlsx.Value { return sheetList(receivers(c)) }},
		{"Pages", 8, func(_ view, c scanner.Cookie) xlsx.Value { return sheetCount(c.PageCount) }},
		{"Seen in runs", 10, func(_ view, c scanner.Cookie) xlsx.Value { return sheetText(c.Seen) }},
	})
}

// receivers are the hosts that get a cookie's value, each once.
func receivers(c scanner.Cookie) []string {
	var hosts []string
	for _, s := range c.SentTo {
		hosts = append(hosts, s.Host)
	}
	slices.Sort(hosts)
	return slices.Compact(hosts)
}

func storageColumns() []tableColumn[scanner.StorageItem] {
	type column = tableColumn[scanner.StorageItem]
	return slices.Concat([]column{
		{"Key", 30, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(i.Key) }},
		{"Kind", 16, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(string(i.Kind)) }},
		{"Origin", 30, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(i.Origin) }},
		{"Party", 8, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(string(i.Party)) }},
	}, classColumns(func(i scanner.StorageItem) (*scanner.Classification, string) { return i.Classification, i.Origin }), []column{
		{"Written in", 20, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetList(i.Phases) }},
		{"There at the end of", 20, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetList(i.Present) }},
		{"Size (octets)", 9, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetCountOr(i.Size) }},
		{"Set via", 16, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(firstStorageWrite(i).Via) }},
		{"Set by", 44, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(firstStorageWrite(i).URL) }},
		{"Line", 7, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetCountOr(firstStorageWrite(i).Line) }},
		{"Loaded by", 44, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetList(firstStorageWrite(i).Initiators) }},
		{"When", 12, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(string(firstStorageWrite(i).Trigger)) }},
		{"First page", 40, func(v view, i scanner.StorageItem) xlsx.Value { return sheetText(v.pageURL(firstStorageWrite(i).Page)) }},
		{"Seen in runs", 10, func(_ view, i scanner.StorageItem) xlsx.Value { return sheetText(i.Seen) }},
	})
}

func trackerColumns() []tableColumn[scanner.Tracker] {
	type column = tableColumn[scanner.Tracker]
	return slices.Concat([]column{
		{"Kind", 13, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(string(t.Kind)) }},
		{"Host", 28, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(t.Host) }},
		{"Address", 50, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(t.URL) }},
		{"API", 10, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(t.API) }},
		{"Line", 7, func(_ view, t scanner.Tracker) xlsx.Value { return sheetCountOr(t.Line) }},
		{"Party", 8, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(string(t.Party)) }},
	}, classColumns(func(t scanner.Tracker) (*scanner.Classification, string) { return t.Classification, t.Host }), []column{
		{"Met in", 20, func(_ view, t scanner.Tracker) xlsx.Value { return sheetList(t.Phases) }},
		{"Times", 8, func(_ view, t scanner.Tracker) xlsx.Value { return sheetCount(t.Count) }},
		{"Loaded by", 44, func(_ view, t scanner.Tracker) xlsx.Value { return sheetList(t.Initiators) }},
		{"Seen in runs", 10, func(_ view, t scanner.Tracker) xlsx.Value { return sheetText(t.Seen) }},
	})
}

func findingColumns() []tableColumn[scanner.Finding] {
	type column = tableColumn[scanner.Finding]
	return []column{
		{"Check", 8, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.ID) }},
		{"Severity", 10, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(string(f.Severity)) }},
		{"Class", 10, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(string(f.Class)) }},
		{"Confidence", 12, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(string(f.Confidence)) }},
		{"Confirmed", 12, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(string(f.Confirmed)) }},
		{"Kind", 14, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Kind) }},
		{"Subject", 26, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Subject) }},
		{"Domain", 22, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Domain) }},
		{"Items", 26, func(_ view, f scanner.Finding) xlsx.Value { return sheetList(f.Items) }},
		{"What was observed", 60, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Message) }},
		{"Why it matters", 44, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Why) }},
		{"What would make this wrong", 44, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Wrong) }},
		{"What to do", 44, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Fix) }},
		{"Evidence", 50, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(firstEvidence(f).Detail) }},
		{"Page", 40, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(firstEvidence(f).URL) }},
		{"Consent state", 13, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(firstEvidence(f).State) }},
		{"Setter", 44, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(firstEvidence(f).Setter) }},
		{"Pieces of evidence", 10, func(_ view, f scanner.Finding) xlsx.Value { return sheetCount(len(f.Evidence)) }},
		{"Declared in", 26, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(declaredIn(f).Source) }},
		{"Line of it", 9, func(_ view, f scanner.Finding) xlsx.Value { return sheetCountOr(declaredIn(f).Line) }},
		{"Place in it", 18, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(declaredIn(f).Place) }},
		{"Declared as", 30, func(_ view, f scanner.Finding) xlsx.Value {
			return sheetText(joinNonEmpty(": ", declaredIn(f).Entry, declaredIn(f).Text))
		}},
		{"Waived", 14, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(waiverOf(f).Kind) }},
		{"Waived by", 18, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(waiverOf(f).Owner) }},
		{"Because", 30, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(waiverOf(f).Reason) }},
		{"Until", 11, func(_ view, f scanner.Finding) xlsx.Value { return sheetDay(waiverOf(f).Expires) }},
		{"Profile", 9, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Profile) }},
		{"Fingerprint", 20, func(_ view, f scanner.Finding) xlsx.Value { return sheetText(f.Fingerprint) }},
	}
}

func firstEvidence(f scanner.Finding) scanner.Evidence {
	if len(f.Evidence) == 0 {
		return scanner.Evidence{}
	}
	return f.Evidence[0]
}

func declaredIn(f scanner.Finding) scanner.Declared {
	if f.Declared == nil {
		return scanner.Declared{}
	}
	return *f.Declared
}

func waiverOf(f scanner.Finding) scanner.Waiver {
	if f.Waived == nil {
		return scanner.Waiver{}
	}
	return *f.Waived
}

// pageRow is a visit and the pass that made it.
type pageRow struct {
	scanner.Page
	phase string
	run   int
}

func pagesOf(v view) []pageRow {
	var rows []pageRow
	for _, p := range v.scan.Passes {
		for _, page := range p.Pages {
			rows = append(rows, pageRow{page, p.Phase, max(p.Run, 1)})
		}
	}
	return rows
}

func pageColumns() []tableColumn[pageRow] {
	type column = tableColumn[pageRow]
	return []column{
		{"Visit", 12, func(_ view, p pageRow) xlsx.Value { return sheetText(p.ID) }},
		{"Pass", 10, func(_ view, p pageRow) xlsx.Value { return sheetText(p.phase) }},
		{"Run", 6, func(_ view, p pageRow) xlsx.Value { return sheetCount(p.run) }},
		{"Address", 50, func(_ view, p pageRow) xlsx.Value { return sheetText(p.URL) }},
		{"Address in the end", 50, func(_ view, p pageRow) xlsx.Value { return sheetText(p.FinalURL) }},
		{"Status", 8, func(_ view, p pageRow) xlsx.Value { return sheetCountOr(p.Status) }},
		{"Title", 40, func(_ view, p pageRow) xlsx.Value { return sheetText(p.Title) }},
		{"Depth", 7, func(_ view, p pageRow) xlsx.Value { return sheetCount(p.Depth) }},
		{"Found by", 11, func(_ view, p pageRow) xlsx.Value { return sheetText(p.Source) }},
		{"Took (s)", 9, func(_ view, p pageRow) xlsx.Value { return xlsx.Number(float64(p.DurationMs) / 1000) }},
		{"Error", 40, func(_ view, p pageRow) xlsx.Value { return sheetText(p.Error) }},
	}
}

// fact is a line about the scan as a whole.
type fact struct {
	name  string
	value xlsx.Value
}

// factsOf say how the scan was made and what it could not see: without that the
// other sheets mean nothing.
func factsOf(v view) []fact {
	s := v.scan
	asIs := func(text string) string { return text }
	facts := []fact{
		{"Address", sheetText(strings.Join(s.Target.URLs, ", "))},
		{"Standing for", sheetText(s.Target.As)},
		{"Began (UTC)", xlsx.Time(s.Started)},
		{"Ended (UTC)", xlsx.Time(s.Finished)},
		{"Browser", sheetText(s.Browser.Product)},
		{"Program", sheetText(joinNonEmpty(" ", s.Tool.Name, s.Tool.Version))},
		{"Rules", sheetText(s.Tool.Rules)},
		{"Result", sheetText(summary(v, asIs))},
		{"Verdict", sheetText(verdict(s, asIs))},
		{"Scope", sheetText(scope(s, asIs))},
		{"Limits", sheetText(limitsOf(s))},
		{"Complete", xlsx.Bool(complete(s))},
		{"Certificate errors ignored", xlsx.Bool(s.Settings.Insecure)},
	}
	for _, i := range s.Incomplete {
		facts = append(facts, fact{"Planned and not seen", sheetText(joinNonEmpty(": ", joinNonEmpty(" ", string(i.Code), i.Pass, i.Page), i.Detail))})
	}
	if s.Checks != nil {
		for _, u := range s.Checks.NotTested {
			facts = append(facts, fact{"Not tested", sheetText(joinNonEmpty(": ", u.ID, u.Reason))})
		}
	}
	return facts
}

func factColumns() []tableColumn[fact] {
	return []tableColumn[fact]{
		{"Fact", 28, func(_ view, f fact) xlsx.Value { return xlsx.Text(f.name) }},
		{"Value", 100, func(_ view, f fact) xlsx.Value { return f.value }},
	}
}
