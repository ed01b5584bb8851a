// opened resolves when the database exists.
function opened(request) {
  return new Promise(done => { request.onsuccess = done; });
}

holdLoad(opened(indexedDB.open('shop', 1)));
holdLoad(opened(indexedDB.open('archive', 3)));

const worker = new Worker('/idb/worker.js');
holdLoad(message('opened', worker));
