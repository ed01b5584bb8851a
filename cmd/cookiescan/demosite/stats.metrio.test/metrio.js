// Metrio, visitor statistics.
const visitor = 'mt1-7Qk2ZrW9xLmV4TbY6sHd';

function metrioSet(name, value, seconds) {
  document.cookie = name + '=' + value + '; path=/; domain=fjordfell.test; max-age=' + seconds;
}

if (!document.cookie.includes('_mt_id=')) {
  metrioSet('_mt_id', visitor, 34128000); // thirteen months
  metrioSet('_mt_ses', '1', 1800);
  metrioSet('_mt_returning', '0', 63072000); // two years; browsers keep 400 days
}
navigator.sendBeacon('https://stats.metrio.test/collect', JSON.stringify({ visitor, page: location.pathname }));
