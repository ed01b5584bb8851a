holdLoad(caches.open('assets-v1').then(cache => cache.put('/idb/note', new Response('a note'))));
