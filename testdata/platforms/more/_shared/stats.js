// What a site loads only with consent to analytics.
document.cookie = "stats_id=1; Max-Age=31536000; Path=/";
localStorage.setItem("stats", "1");
