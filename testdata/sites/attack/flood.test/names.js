for (let i = 1; i <= 170; i++) {
  document.cookie = 'n' + String(i).padStart(3, '0') + '=1; path=/; SameSite=None; Secure';
}
