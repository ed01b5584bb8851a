// Tagwerk, a tag manager: loads what the shop's marketing has configured, with
// two mistakes that are common. Statistics run until somebody objects, and
// advertising waits for a choice but does not look which.
const answer = document.cookie.match(/(?:^|; )ff_consent=(\w+)/)?.[1];
const tags = [];
if (answer !== 'necessary') tags.push('https://stats.metrio.test/metrio.js');
if (answer) tags.push('https://tags.tagwerk.test/adnord.js');
for (const src of tags) {
  const tag = document.createElement('script');
  tag.async = false;
  tag.src = src;
  document.head.append(tag);
}
