document.cookie = 'pod_visitor=8f31c7; Path=/; Secure; SameSite=Lax; Max-Age=63072000';
localStorage.setItem('pod_seen', '8f31c7');
