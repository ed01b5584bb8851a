// Attributes of script cookies.
document.cookie = 'domain_wide=1; Domain=.script.test; path=/';
document.cookie = 'with_path=1; path=/account/';
document.cookie = 'default_path=1';
document.cookie = 'month=1; path=/; expires=' + new Date(Date.now() + 30 * 86400e3).toUTCString();
document.cookie = 'two_years=1; path=/; max-age=63072000';
document.cookie = 'strict=1; path=/; Secure; SameSite=Strict; max-age=604800';
document.cookie = '__Secure-ok=1; path=/; Secure';
document.cookie = '__Host-ok=1; path=/; Secure';
document.cookie = 'first_chips=1; path=/; Secure; SameSite=None; Partitioned';

document.cookie = 'longer=1; path=/; max-age=3600';
document.cookie = 'longer=1; path=/; max-age=7200';
