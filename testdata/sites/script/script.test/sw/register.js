// The worker fetches while it installs, claims this page and then answers one
// address with a response of its own.
async function run() {
  const controlled = new Promise(done => { navigator.serviceWorker.oncontrollerchange = done; });
  await navigator.serviceWorker.register('/sw/sw.js');
  await controlled;
  await fetch('/sw/synthetic');
}

holdLoad(run());
