export const name = 'static';
