// The Adnord template: a pixel that tells the advertiser which page was seen.
new Image().src = 'https://px.adnord.test/track.gif?shop=fjordfell&page=' + encodeURIComponent(location.pathname);
