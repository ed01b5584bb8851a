// The shape of Cookiebot's cc.js.
CookieConsent.configuration.tags.push({id: 1, type: "script", cat: [3]});
CookieConsentDialog.init(); var dialog = {title: "Cookies", rate: 10 / 2, closed: /[/"]+/.test(x)};
CookieConsentDialog.cookieTableNecessary = [["CookieConsent","<a href=\"https://www.cookiebot.com/\" rel='noopener'>Cookiebot</a><br/>","Stores the user&#39;s choice","1 year","HTTP Cookie","1","","https://consent.cookiebot.com/uc.js"]];
CookieConsentDialog.cookieTablePreference = [];
CookieConsentDialog.cookieTableStatistics = [["_count_#","count.example.com<br/>","Counts visits","2 years","HTTP Cookie","1","^_count_[0-9]+$",""],["state","count.example.com","Keeps the state","Persistent","HTML Local Storage","2","",""]];
CookieConsentDialog.cookieTableAdvertising = [["p.gif","ads.example.net<br/>","Measures ads","Session","Pixel Tracker","5","",""]];
CookieConsentDialog.cookieTableUnclassified = load("more");
CookieConsentDialog.cookieTableNecessaryCount = 1;
