oninstall = event => event.waitUntil(fetch('/sw/ping').then(() => cookieStore.set('sw_store', '1')).then(() => skipWaiting()));

onactivate = event => event.waitUntil(clients.claim());

// A browser ignores Set-Cookie on a response that a script has made.
onfetch = event => {
  if (new URL(event.request.url).pathname === '/sw/synthetic') {
    event.respondWith(new Response('made here', { headers: { 'Set-Cookie': 'sw_synthetic=1; Path=/' } }));
  }
};
