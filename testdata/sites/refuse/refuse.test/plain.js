document.cookie = 'js_plain_secure=1; Secure';
document.cookie = 'own_secure_script=2';
document.cookie = 'js_plain=1';
