package process

import (
	"encoding/json"
	"fmt"
	"maps"
)

// preferences is what Default/Preferences holds before the first start. The
// full browser blocks third-party cookies unless cookie_controls_mode is 0 (no
// switch and no command does it); the shell reads the file too and needs none
// of it. extra is merged in, object by object, and wins.
func preferences(extra map[string]any) ([]byte, error) {
	base := map[string]any{
		"profile": map[string]any{
			"cookie_controls_mode":      0,
			"block_third_party_cookies": false,
			"password_manager_enabled":  false,
			"default_content_setting_values": map[string]any{
				// Denied: a page that asks gets its answer at once instead of
				// waiting for a person.
				"notifications": 2,
			},
		},
		"tracking_protection": map[string]any{
			"tracking_protection_3pcd_enabled": false,
			"block_all_3pc_toggle_enabled":     false,
		},
		"credentials_enable_service": false,
		"autofill":                   map[string]any{"profile_enabled": false, "credit_card_enabled": false},
		"translate":                  map[string]any{"enabled": false},
		"safebrowsing":               map[string]any{"enabled": false},
		"search":                     map[string]any{"suggest_enabled": false},
		"alternate_error_pages":      map[string]any{"enabled": false},
		"signin":                     map[string]any{"allowed": false},
		"browser":                    map[string]any{"check_default_browser": false, "has_seen_welcome_page": true},
		"https_only_mode_enabled":    false,
	}
	text, err := json.Marshal(merge(base, extra))
	if err != nil {
		return nil, fmt.Errorf("writing the browser's preferences: %w", err)
	}
	return text, nil
}

func merge(base, extra map[string]any) map[string]any {
	out := maps.Clone(base)
	for k, v := range extra {
		below, okBelow := out[k].(map[string]any)
		over, okOver := v.(map[string]any)
		if okBelow && okOver {
			out[k] = merge(below, over)
			continue
		}
		out[k] = v
	}
	return out
}
