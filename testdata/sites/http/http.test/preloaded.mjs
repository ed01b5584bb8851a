export const name = 'preloaded';
