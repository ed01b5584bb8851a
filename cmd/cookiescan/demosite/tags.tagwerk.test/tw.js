// Tagwerk, a tag manager: loads what the shop's marketing has configured.
for (const src of ['https://stats.metrio.test/metrio.js', 'https://tags.tagwerk.test/adnord.js']) {
  const tag = document.createElement('script');
  tag.async = false;
  tag.src = src;
  document.head.append(tag);
}
