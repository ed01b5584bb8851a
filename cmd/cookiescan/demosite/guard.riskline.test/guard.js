// Riskline: recognises a device again by how it draws text.
const canvas = document.createElement('canvas');
const pen = canvas.getContext('2d');
pen.font = '16px Georgia';
pen.fillText('Riskline, quick fjord glyphs', 4, 20);
const drawing = canvas.toDataURL();
document.cookie = 'rl_device=d' + drawing.length + '; path=/; Secure; SameSite=Lax; max-age=7776000';
