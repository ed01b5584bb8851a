localStorage.setItem('zw_queue', '[]');
