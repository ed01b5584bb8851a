// Cookies come by the responses: a worker has no document.cookie.
const nested = new Worker('/workers/nested.js');
nested.onmessage = async () => {
  await fetch('/workers/dedicated-ping');
  postMessage('done');
};
