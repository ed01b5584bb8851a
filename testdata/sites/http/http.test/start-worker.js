// The page's slow image delays the load event until the worker has finished.
const worker = new Worker('/worker.js');
worker.onmessage = () => worker.terminate();
