// A label that must fit: two fonts are measured, many times.
(() => {
  const context = document.createElement('canvas').getContext('2d');
  for (const family of ['Georgia', 'Arial']) {
    for (let size = 10; size < 40; size++) {
      context.font = size + 'px ' + family;
      context.measureText('A label that must fit');
    }
  }
})();
