onconnect = async event => {
  await fetch('/workers/shared-ping');
  event.ports[0].postMessage('done');
};
