holdLoad(navigator.serviceWorker.register('/idb/sw.js').then(() => navigator.serviceWorker.ready));
