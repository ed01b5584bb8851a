(() => {
  const canvas = document.createElement('canvas');
  canvas.getContext('2d').fillText('guard', 2, 15);
  canvas.toDataURL('image/png');
})();
