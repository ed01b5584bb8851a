// An image editor: reads pixels, but there is no text in them.
(() => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  context.fillStyle = 'teal';
  context.fillRect(0, 0, 40, 40);
  context.getImageData(0, 0, 40, 40);
  canvas.toDataURL('image/jpeg');
})();
