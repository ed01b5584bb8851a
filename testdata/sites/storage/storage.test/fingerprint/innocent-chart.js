// A chart with labels: drawn, shown, never read back.
(() => {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  for (let bar = 0; bar < 5; bar++) {
    context.fillRect(bar * 20, 100 - bar * 10, 15, bar * 10);
    context.fillText(String(bar), bar * 20, 120);
  }
  document.body.append(canvas);
})();
