indexedDB.open('made-by-worker', 1).onsuccess = () => postMessage('opened');
