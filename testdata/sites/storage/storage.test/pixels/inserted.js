// A pixel that is never in the document, and one that is sent after it, so
// that the cookie of the first goes with the second.
holdLoad(new Promise(done => {
  const first = new Image();
  first.onload = () => {
    const second = new Image();
    second.onload = done;
    second.src = 'https://px.adnet.test/again.gif';
  };
  first.src = 'https://px.adnet.test/script.gif?slot=top';
}));
