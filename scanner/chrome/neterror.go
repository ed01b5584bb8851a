package chrome

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/chromedp/cdproto/cdp/jsonv2"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"cookiescan/scanner/walk"
)

// errNoBody is an error status without a body. The browser shows a page of its
// own in its place, but the answer is what the site gave.
var errNoBody = errors.New("the answer has no body")

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
		return errNoBody
	}
	return &walk.NetError{Code: strings.TrimPrefix(res.ErrorText, "net::")}
}

// noContent tells the answers on which a browser stays where it is (RFC 9110,
// sections 15.3.5 and 15.3.6).
func noContent(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent
}
