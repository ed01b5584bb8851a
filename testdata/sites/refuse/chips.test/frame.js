document.cookie = 'js_frame_default=1';
document.cookie = 'js_frame_lax=1; SameSite=Lax';
document.cookie = 'js_frame_strict=1; SameSite=Strict; Secure';
document.cookie = 'js_frame_none=1; SameSite=None; Secure';
document.cookie = 'js_chip=1; SameSite=None; Secure; Partitioned; Max-Age=3600';
