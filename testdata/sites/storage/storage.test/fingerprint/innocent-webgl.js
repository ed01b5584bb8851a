// A game asks for what it needs: limits, not the name of the graphics card.
(() => {
  const gl = document.createElement('canvas').getContext('webgl');
  gl.getParameter(gl.MAX_TEXTURE_SIZE);
  gl.clear(gl.COLOR_BUFFER_BIT);
})();
