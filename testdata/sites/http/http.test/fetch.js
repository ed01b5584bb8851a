// Everything starts before the load event; nothing waits for an answer.
const api = 'https://api.test/';
const ignore = () => {};

fetch('/f/same');
fetch('/f/omit', {credentials: 'omit'});
fetch('/f/moved');
fetch('/f/manual', {redirect: 'manual'});
fetch('/f/error', {method: 'POST', body: 'x'});
fetch('/f/keepalive', {keepalive: true});

fetch(api + 'plain').catch(ignore);
fetch(api + 'include', {credentials: 'include'});
fetch(api + 'no-cors', {mode: 'no-cors', credentials: 'include'});
fetch(api + 'no-cors-plain', {mode: 'no-cors', credentials: 'same-origin'});
fetch(api + 'refused', {credentials: 'include'}).catch(ignore);
fetch(api + 'preflight', {credentials: 'include', headers: {'X-Ask-First': '1'}});

function xhr(url, {sync = false, credentials = false} = {}) {
  const request = new XMLHttpRequest();
  request.open('GET', url, !sync);
  request.withCredentials = credentials;
  request.send();
}
xhr('/x/async');
xhr('/x/sync', {sync: true});
xhr(api + 'xhr-credentials', {credentials: true});
xhr(api + 'xhr-plain');

navigator.sendBeacon('/b/own', 'x');
navigator.sendBeacon(api + 'beacon', 'x');

new EventSource('/events').onmessage = ignore;
new EventSource(api + 'events', {withCredentials: true}).onmessage = ignore;
