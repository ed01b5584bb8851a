export const name = 'dynamic';
