(() => {
  const gl = document.createElement('canvas').getContext('webgl');
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  gl.getParameter(info.UNMASKED_RENDERER_WEBGL);
})();
