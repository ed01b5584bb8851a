// What a site loads only with consent to marketing.
document.cookie = "ads_id=1; Max-Age=7776000; Path=/";
sessionStorage.setItem("ads", "1");
