// Loaded by the tag; sends a pixel.
const pixel = new Image();
pixel.src = 'https://ads.test/pixel.gif?from=' + encodeURIComponent(location.pathname);
