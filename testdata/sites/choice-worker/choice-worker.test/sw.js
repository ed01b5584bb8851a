self.addEventListener('install', (e) => {
  e.waitUntil(cookieStore.set({ name: 'installed', value: '1', expires: Date.now() + 86400000 }));
  e.waitUntil(caches.open('shell').then((c) => c.put('/offline', new Response('offline'))));
});
