addEventListener('install', event => event.waitUntil(caches.open('made-by-service-worker')));
