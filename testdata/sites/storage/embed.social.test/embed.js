localStorage.setItem('ls_third', '1');
localStorage.ls_third_property = '1';
sessionStorage.setItem('ss_third', '1');
localStorage.setItem('ls_third_removed', '1');
localStorage.removeItem('ls_third_removed');

const databaseOpened = new Promise(done => {
  indexedDB.open('social', 1).onsuccess = done;
});
const cacheOpened = caches.open('social-cache');

Promise.all([databaseOpened, cacheOpened]).then(() => parent.postMessage('stored', '*'));
