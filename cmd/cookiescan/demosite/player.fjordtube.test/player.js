document.cookie = 'ft_quality=720; path=/; Secure; SameSite=None; max-age=15552000';
localStorage.setItem('ft_volume', '0.8');
