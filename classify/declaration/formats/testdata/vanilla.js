import * as CookieConsent from 'https://cdn.example/cookieconsent.esm.js';

const config = /** @type {CookieConsent.CookieConsentConfig} */ {
    cookie: { name: 'cc_cookie', expiresAfterDays: acceptType => (acceptType === 'all' ? 365 : 182) },
    onConsent: ({ cookie }) => { if (cookie) { load(); } },
    onChange() { return { categories: {} }; },
    categories: {
        basic: { enabled: true, readOnly: true },
        analytics: {
            autoClear: { cookies: [{ name: /^_c/ }, { name: 'count', domain: '.shop.example' }, { name: /^(?=a)b/ }] },
            services: {
                maps: { label: '<b>Maps</b> Ltd', cookies: [{ name: /^map_\d+$/ }] },
                video: { label: `Video`, onAccept: () => {}, cookies: videoCookies },
            },
        },
        ads: {},
    },
    language: {
        default: 'en',
        translations: {
            de: () => fetch('/de.json'),
            en: {
                consentModal: { title: 'We use cookies' },
                preferencesModal: {
                    sections: [
                        { title: 'Somebody said', description: "It's \"fine\" \u2013 \x41 \u{1F36A}" },
                        {
                            title: 'Basic', linkedCategory: 'basic',
                            cookieTable: {
                                caption: 'Cookies',
                                headers: { name: 'Cookie', domain: 'Domain', desc: 'Description', exp: 'Expiration', x: 'Colour' },
                                body: [{ name: 'cc_cookie', domain: location.hostname, desc: 'Keeps the <a href="#">choice</a>', exp: '6 ' + 'months' }],
                            },
                        },
                        {
                            title: 'Analytics', linkedCategory: 'analytics',
                            cookieTable: {
                                headers: { col1: 'Name', col2: 'Service', col3: 'Duration' },
                                body: [{ col1: 'count', col2: 'Counter', col3: '1 year' }, row(2), { col1: '_c*', col3: 'session' }],
                            },
                        },
                    ],
                },
            },
        },
    },
} satisfies object;
CookieConsent.run(config);
