fetch('/workers/nested-ping').then(() => postMessage('done'));
