package walk

import (
	"slices"
	"testing"

	"cookiescan/scanner"
	"cookiescan/scanner/consent"
)

// TestTakeInterests: what is on as a legitimate interest is not what was ticked
// ahead.
func TestTakeInterests(t *testing.T) {
	s := consentOf(&consent.Banner{Shown: true})
	s.take(consent.Outcome{Action: consent.Reject, Result: consent.Answered, Preticked: []string{"Statistics"}, Interests: []string{"Ad delivery"}})
	if !slices.Equal(s.Preticked, []string{"Statistics"}) || !slices.Equal(s.LegitimateInterest, []string{"Ad delivery"}) {
		t.Errorf("%+v", s)
	}
}

// TestCovered: a press that something kept from the banner was none.
func TestCovered(t *testing.T) {
	for _, test := range []struct {
		out  consent.Outcome
		want string
	}{
		{consent.Outcome{Steps: []consent.Step{{Covered: "div#age"}}}, "something lies over the banner and has nothing that only closes it"},
		{consent.Outcome{Steps: []consent.Step{{Covered: "div#age"}, {Hit: true}}, Clicks: 1}, "the banner stayed, whatever was pressed"},
	} {
		test.out.Result = consent.NotOperable
		s := consentOf(&consent.Banner{Shown: true})
		if s.take(test.out); s.Failure != scanner.NotOperated || s.Detail != test.want {
			t.Errorf("%s: %q, want %q", s.Failure, s.Detail, test.want)
		}
	}
}

// TestUnknownLanguage: where the words of banners are not known, none found is less
// than none there.
func TestUnknownLanguage(t *testing.T) {
	for language, want := range map[string]string{
		"ja": "how banners speak in the language of the page, ja, is not known", "de": "", "no": "", "nn": "", "ar": "", "": "", "\x1b[2": "", "english": "",
	} {
		s := consentOf(&consent.Banner{Page: language})
		if s.take(consent.Outcome{Action: consent.Reject, Result: consent.NoBanner}); s.Failure != scanner.NoBanner || s.Detail != want {
			t.Errorf("%q: %s, %q", language, s.Failure, s.Detail)
		}
		if s := consentOf(&consent.Banner{Shown: true, Page: language}); s.Detail != "" {
			t.Errorf("%q, shown: %q", language, s.Detail)
		}
	}
}

// TestAnswersLike: what is called like an answer of the banner is never pressed
// as something that only shows something.
func TestAnswersLike(t *testing.T) {
	c := &scanner.Consent{Buttons: []scanner.ConsentButton{
		{Role: scanner.RoleAccept, Text: "Tümüne izin ver"}, {Role: scanner.RoleSettings, Text: "Show purposes"}, {Role: scanner.RoleMore, Text: "Learn more"},
	}}
	for name, want := range map[string]bool{
		"Tümüne izin ver": true, " show  purposes ": true, "Menu": false, "": false, "Learn more": false, "TÜMÜNE izin\nver": true,
	} {
		if answersLike(c, name) != want {
			t.Errorf("%q: not %v", name, want)
		}
	}
	if answersLike(nil, "OK") {
		t.Error("without a banner there is an answer")
	}
}
