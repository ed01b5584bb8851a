package chrome

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/walk"
)

// navigationError reads the answer to Page.navigate: an error page fires a
// load event like any other, only the answer tells. status is that of the
// response, if one came.
func navigationError(a callReply, status int) error {
	if a.err != nil {
		return fmt.Errorf("loading: %w", a.err)
	}
	var res page.NavigateResult
	if err := jsonv2.Unmarshal(a.result, &res, chromedp.DefaultUnmarshalOptions); err != nil {
		return fmt.Errorf("loading: decoding the answer: %w", err)
	}
	switch {
	case res.IsDownload:
		return walk.ErrDownload
	case strings.HasSuffix(res.ErrorText, "ERR_ABORTED") && noContent(status):
		return walk.ErrNoContent
	case res.ErrorText == "":
		return nil
	case strings.HasSuffix(res.ErrorText, "ERR_HTTP_RESPONSE_CODE_FAILURE"):
		return nil // an error status without a body: the page is what it is
	}
	return &walk.NetError{Code: strings.TrimPrefix(res.ErrorText, "net::")}
}

// noContent tells the answers on which a browser stays where it is (RFC 9110,
// sections 15.3.5 and 15.3.6).
func noContent(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent
}
