addEventListener('install', () => skipWaiting());
addEventListener('activate', (e) => e.waitUntil(clients.claim()));
const page = `<!doctype html><title>Answered by a worker</title>
<script>document.cookie = 'worker_page=1; path=/';</script>`;
addEventListener('fetch', (e) => e.respondWith(new Response(page, { headers: { 'Content-Type': 'text/html', 'Set-Cookie': 'never=1' } })));
