/* min ready */
tarteaucitron.services.counter = {
    "key": "counter",
    "type": "analytic",
    "name": "Counter &amp; Co",
    "uri": "https://counter.example/",
    "needConsent": true,
    "cookies": ['_c', '_c_' + tarteaucitron.user.counterId, "_d"],
    "js": function () {
        "use strict";
        if (tarteaucitron.user.counterId === undefined) { return; }
        tarteaucitron.addScript('//counter.example/c.js', '', function () { a = b / c; });
    },
    "fallback": function () { var id = 'counter'; }
};
tarteaucitron.services['robots'] = {
    key: "robots", type: "api", name: "Robots", uri: "", needConsent: false,
    cookies: ['robot'], js: function () {}
};
tarteaucitron.services.player = {
    "key": "player", "type": "video", "name": "Player", "needConsent": true,
    "cookies": (function () { var list = ['a']; return list; })(),
};
