async function fill() {
  const bucket = await navigator.storageBuckets.open('drafts');
  await new Promise(done => { bucket.indexedDB.open('drafts-db', 1).onsuccess = done; });
  await bucket.caches.open('drafts-cache');
  const root = await bucket.getDirectory();
  await root.getFileHandle('draft.txt', { create: true });
}
async function fillAndDrop() {
  const bucket = await navigator.storageBuckets.open('passing');
  await new Promise(done => { bucket.indexedDB.open('passing-db', 1).onsuccess = done; });
  await navigator.storageBuckets.delete('passing');
}
holdLoad(fill().then(fillAndDrop));
