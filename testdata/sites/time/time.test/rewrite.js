addEventListener('load', () => {
  let at = 0;
  const next = (act) => setTimeout(act, at += 500);

  next(() => { document.cookie = 'changed=b; Max-Age=3600'; });
  next(() => { document.cookie = 'longer=1; Max-Age=86400'; });
  next(() => { document.cookie = 'shorter=1; Max-Age=600'; });
  next(() => { document.cookie = 'promoted=1; Max-Age=7200'; });
  next(() => { document.cookie = 'removed_by_script=; Max-Age=0'; });
  next(() => { document.cookie = 'removed_by_date=; Expires=Thu, 01 Jan 1970 00:00:01 GMT'; });
  next(() => { document.cookie = 'revived=; Max-Age=-1'; });
  next(() => { document.cookie = 'revived=again; Max-Age=1800'; });
  next(() => { document.cookie = 'kept_path=; Max-Age=0; Path=/elsewhere'; });
  next(() => { document.cookie = 'kept_domain=; Max-Age=0; Domain=time.test'; });
  next(() => { document.cookie = 'ghost=; Max-Age=0'; });
  next(() => fetch('/renew'));
  next(() => fetch('/remove'));
});
