(() => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  context.font = '14px Arial';
  context.fillText('Cwm fjordbank glyphs vext quiz', 2, 15);
  canvas.toDataURL();
})();
