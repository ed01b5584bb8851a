// What a site bundles: @c15t/react has no file that a page could load.
import "@c15t/react/styles.css";
import { ConsentBanner, ConsentDialog, ConsentDialogLink, ConsentManagerProvider } from "@c15t/react";
import { baseTranslations } from "@c15t/translations/all";
import { createElement as e } from "react";
import { createRoot } from "react-dom/client";

const options = {
	mode: "offline",
	overrides: { country: "DE", language: "de" },
	consentCategories: ["necessary", "measurement", "marketing"],
	i18n: { locale: "de", detectBrowserLanguage: false, messages: { de: baseTranslations.de } },
	scripts: [
		{ id: "visits", category: "measurement", textContent: 'document.cookie = "visits=1; path=/; max-age=86400";' },
		{ id: "audience", category: "marketing", textContent: 'document.cookie = "audience=1; path=/; max-age=86400";' },
	],
};

createRoot(document.getElementById("root")).render(
	e(ConsentManagerProvider, { options },
		e(ConsentBanner), e(ConsentDialog), e("footer", null, e(ConsentDialogLink, null, "Cookie-Einstellungen"))),
);
