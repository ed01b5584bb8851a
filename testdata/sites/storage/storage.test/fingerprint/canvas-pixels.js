(() => {
  const context = document.createElement('canvas').getContext('2d');
  context.fillText('Cwm fjordbank glyphs vext quiz', 2, 15);
  context.getImageData(0, 0, 200, 20);
})();
