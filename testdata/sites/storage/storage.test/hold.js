// holdLoad(promise) delays the load event until the promise is settled: a
// frame whose document is still open delays the load event of its parent.
function holdLoad(promise) {
  const frame = document.createElement('iframe');
  frame.hidden = true;
  document.body.append(frame);
  const held = frame.contentDocument;
  held.open();
  promise.then(() => held.close(), () => held.close());
}

// message(name) resolves when a frame, a pop-up or a worker posts that name.
function message(name, from = window) {
  return new Promise(done => from.addEventListener('message', e => { if (e.data === name) done(); }));
}
