importScripts('/imported.js');
const answers = [
  fetch('/worker-fetch'),
  fetch('https://api.test/worker-fetch', {credentials: 'include'}),
];
Promise.all(answers.map((a) => a.then((r) => r.text()))).then(() => postMessage('done'));
