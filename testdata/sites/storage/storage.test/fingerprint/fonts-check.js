(() => {
  const families = ['Arial', 'Calibri', 'Cambria', 'Candara', 'Consolas', 'Constantia', 'Corbel', 'Courier New',
    'Futura', 'Garamond', 'Geneva', 'Georgia', 'Gill Sans', 'Helvetica', 'Impact', 'Lucida Console', 'Menlo',
    'Monaco', 'Optima', 'Palatino', 'Roboto', 'Segoe UI', 'Tahoma', 'Ubuntu', 'Verdana'];
  families.filter(family => document.fonts.check('16px "' + family + '"'));
})();
