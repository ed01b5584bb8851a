indexedDB.open('made-by-worker', 1).onsuccess = () => caches.open('made-by-worker').then(() => postMessage('opened'));
