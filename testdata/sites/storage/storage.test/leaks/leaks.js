// Each cookie has its own value and leaves in its own form.
const values = {
  id_plain: 'k3Vx9QmT2bWz7RpLs5Yd',
  id_encoded: 'Zk/9+pQ=:x7Lw|3Rt&uV2',
  id_base64: 'H8nDf4JcX1gUo6SvE0ytKaBq',
  id_hex: 'w5NzGr2MhT8jPx3LkV7e',
  id_json: 'Y6pFc0RbZq4DuW9mKs2Ni',
  id_form: 'tJ7gEv1XoL5aQy8HnC3B',
  id_beacon: 'Mx2SkU9fPw6ZdT4rVb7I',
  id_sha256: 'qA5hYn8GcR1sXe3LmJ0v',
  id_sha1: 'D4zTu7WjK9pFb2NgVq6o',
  id_md5: 'Ls8RxC3yHm5EtQ1aZk0P',
  id_twice: 'Bn6WvJ2dUg9KfX4cSr7T',
  id_own: 'Pe3MqY8tLz1HoA5iGw0N',
  id_kept: 'Vc7KyS4nRj2BxF9uDl6Q',
};
const MD5_OF_ID_MD5 = 'a9557a5eeee02a5475c10f1b92ea4619';

for (const [name, value] of Object.entries(values)) {
  document.cookie = name + '=' + value + '; path=/; max-age=86400';
}
document.cookie = 'agreed=true; path=/; max-age=86400';

function send(url, options) {
  holdLoad(fetch(url, { mode: 'no-cors', ...options }));
}

// The values are given by hand, so that a test sees what leaves and how.
const SYNC = 'https://sync.data.test/';
const EVENTS = 'https://events.metrics.test/';

send(SYNC + 'plain?id=' + values.id_plain);
send(SYNC + 'encoded?id=' + encodeURIComponent(values.id_encoded));
send(SYNC + 'base64?id=' + btoa(values.id_base64));
send(SYNC + 'hex/' + hex(new TextEncoder().encode(values.id_hex)));
send(EVENTS + 'json', { method: 'POST', body: JSON.stringify({ event: 'view', user: { id: values.id_json } }) });
send(EVENTS + 'form', { method: 'POST', body: new URLSearchParams({ uid: values.id_form }) });
navigator.sendBeacon(EVENTS + 'beacon', 'uid=' + values.id_beacon);
send(SYNC + 'md5?h=' + MD5_OF_ID_MD5);
send(SYNC + 'twice?id=' + values.id_twice);
send(EVENTS + 'twice', { method: 'POST', body: values.id_twice });
send('/leaks/own?id=' + values.id_own);
send(SYNC + 'short?agreed=true');
holdLoad(sendHash('SHA-256', 'sha256', values.id_sha256));
holdLoad(sendHash('SHA-1', 'sha1', values.id_sha1));

async function sendHash(algorithm, path, value) {
  const digest = await crypto.subtle.digest(algorithm, new TextEncoder().encode(value));
  await fetch(SYNC + path + '?h=' + hex(new Uint8Array(digest)), { mode: 'no-cors' });
}

function hex(bytes) {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
