document.cookie = 'vendor_inner=1; path=/; max-age=86400';
