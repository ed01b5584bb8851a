// A configuration as people write them for Klaro.
var klaroConfig = {
    version: 1,
    lang: 'de',
    acceptAll: !0,
    translations: {
        zz: { privacyPolicyUrl: '/privacy' },
        de: {
            counter: { description: 'Zählt Besucher' },
            purposes: { analytics: 'Statistik' }, // trailing comma
        },
    },
    services: [
        {
            name: 'counter',
            title: 'Counter',
            purposes: ['analytics', 'security'],
            cookies: [
                [/^_c_.*$/, '/', 'shop.example'],
                [/^_c_.*$/i, '/', 'localhost'],
                'c_ignore',
                '^d_[0-9]+$',
                { pattern: new RegExp('^(e|f)id$'), path: '/', domain: '.shop.example' },
                /^(?!x).*$/,
                name + '_id',
            ],
            callback: function (consent, service) {
                console.log('consent for ' + service.name + ': ' + consent / 2, `${consent} {`);
            },
        },
        { name: "session", purposes: ["basic"], required: true, cookies: [`sid`] },
        { name: 'later', purposes: ['marketing'], cookies: cookiesOf('later') },
        ...moreServices,
    ],
};
