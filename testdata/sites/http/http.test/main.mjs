import './static.mjs';
await import('./dynamic.mjs');
