(() => {
  const families = ['Arial', 'Calibri', 'Cambria', 'Candara', 'Consolas', 'Constantia', 'Corbel', 'Courier New',
    'Futura', 'Garamond', 'Geneva', 'Georgia', 'Gill Sans', 'Helvetica', 'Impact', 'Lucida Console', 'Menlo',
    'Monaco', 'Optima', 'Palatino', 'Roboto', 'Segoe UI', 'Tahoma', 'Ubuntu', 'Verdana'];
  const context = document.createElement('canvas').getContext('2d');
  for (const family of families) {
    context.font = '72px "' + family + '", monospace';
    context.measureText('mmmmmmmmmmlli');
  }
})();
