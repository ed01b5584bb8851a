(() => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d').strokeText('Cwm fjordbank glyphs vext quiz', 2, 15);
  holdLoad(new Promise(done => canvas.toBlob(done)));
})();
