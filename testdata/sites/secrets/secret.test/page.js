// Every kind of script context asks its own host and the third party.
fetch("/echo?page");
fetch("https://third.test/echo?page");
fetch("https://third.test/echo?preflight", { method: "POST", headers: { "X-Other": "1" }, body: "{}" });
fetch("/leave-fetch").catch(() => {});
const beacon = new XMLHttpRequest();
beacon.open("GET", "/echo?xhr");
beacon.send();
navigator.sendBeacon("/echo?beacon", "own");
navigator.sendBeacon("https://third.test/echo?beacon", "other");
new Worker("/worker.js");
new SharedWorker("/shared.js");
navigator.serviceWorker.register("/sw.js");
