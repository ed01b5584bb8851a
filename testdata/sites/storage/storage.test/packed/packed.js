// Each cookie leaves as collectors send: a whole event, packed or encoded.
const values = {
  in_gzip: 'cw5NzGr2MhT8jPx3LkV7',
  in_deflate: 'mV7KyS4nRj2BxF9uDl6Q',
  in_base64: 'dY6pFc0RbZq4DuW9mKs2',
  in_base64url: 'et7gEv1XoL5aQy8HnC3B',
  in_base64_gzip: 'pZ9yXw8Vu7Ts6Rq5Po4N',
  in_address: 'f/9+pQ=:x7Lw|3Rt&uV2',
  in_json: 'nQ1"wE5\\rT8yU2iO4p',
  in_blob: 'hA5hYn8GcR1sXe3LmJ0v',
  in_packed_blob: 'uT3vW5xY7zA9bC1dE2fG',
  in_last_blob: 'vH4jK6lM8nP0qR2sT4uV',
  in_hidden_blob: 'wJ5kL7mN9pQ1rS3tU5vX',
  in_file_form: 'gM2SkU9fPw6ZdT4rVb7I',
  in_socket: 'iD4zTu7WjK9pFb2NgVq6',
  in_fragment: 'aq3Vx9QmT2bWz7RpLs5Y',
  in_other: 'xN5pQ7rS9tU1vW3xY4zA',
};
for (const [name, value] of Object.entries(values)) {
  document.cookie = name + '=' + value + '; path=/; max-age=86400';
}

const SYNC = 'https://sync.data.test/';
const EVENTS = 'https://events.metrics.test/';

function event(id) {
  return JSON.stringify({ event: 'page_view', properties: { distinct_id: id, url: location.href } });
}

async function packed(text, format) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function send(url, options) {
  holdLoad(fetch(url, { mode: 'no-cors', ...options }));
}

function post(path, body) {
  send(EVENTS + path, { method: 'POST', body });
}

holdLoad(packed(event(values.in_gzip), 'gzip').then(octets => post('gzip', octets)));
holdLoad(packed(event(values.in_deflate), 'deflate').then(octets => post('deflate', octets)));
holdLoad(packed(event(values.in_packed_blob), 'gzip').then(octets => post('packed-blob', new Blob([octets], { type: 'text/plain' }))));
holdLoad(packed(event(values.in_base64_gzip), 'gzip').then(octets => post('base64', new URLSearchParams({ data: btoa(String.fromCharCode(...octets)) }))));
send(SYNC + 'track?data=' + encodeURIComponent(btoa(event(values.in_base64))));
send(SYNC + 'token?d=' + btoa(event(values.in_base64url)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''));
send(SYNC + 'back?to=' + encodeURIComponent('https://sync.data.test/?id=' + encodeURIComponent(values.in_address)));
send(SYNC + 'json?e=' + encodeURIComponent(event(values.in_json)));
post('blob', new Blob([event(values.in_blob)], { type: 'application/json' }));
// What was packed by somebody else holds nothing of the page.
send(SYNC + 'other?d=' + btoa('a text that is as long as others are'));

const form = new FormData();
form.append('uid', values.in_file_form);
form.append('file', new Blob(['x'], { type: 'text/plain' }), 'x.txt');
post('file-form', form);

const socket = new WebSocket('wss://events.metrics.test/socket');
holdLoad(new Promise(done => {
  socket.onopen = () => socket.send(event(values.in_socket));
  socket.onmessage = done;
}));

const frame = document.createElement('iframe');
frame.src = SYNC + 'frame#uid=' + values.in_fragment;
document.body.append(frame);

addEventListener('visibilitychange', () => {
  navigator.sendBeacon(EVENTS + 'hidden-blob', new Blob([event(values.in_hidden_blob)], { type: 'text/plain' }));
}, { once: true });
addEventListener('pagehide', () => {
  navigator.sendBeacon(EVENTS + 'last-blob', new Blob([event(values.in_last_blob)], { type: 'text/plain' }));
}, { once: true });
