document.cookie = 'cross_site_frame=1; path=/; SameSite=None; Secure; max-age=7776000';
document.cookie = 'cross_site_default=1; path=/';
document.cookie = 'cross_site_strict=1; path=/; Secure; SameSite=Strict';
document.cookie = 'partner_domain=1; path=/; SameSite=None; Secure; Domain=partner.test';
