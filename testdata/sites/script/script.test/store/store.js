const day = 86400e3;

async function store() {
  await cookieStore.set('cs_simple', '1');
  await cookieStore.set({ name: 'cs_week', value: '1', expires: Date.now() + 7 * day, sameSite: 'lax' });
  await cookieStore.set({ name: 'cs_capped', value: '1', expires: Date.now() + 1000 * day });
  await cookieStore.set({ name: 'cs_domain', value: '1', domain: 'script.test', sameSite: 'none' });
  await cookieStore.set({ name: 'cs_path', value: '1', path: '/store/' });
  await cookieStore.set({ name: 'cs_partitioned', value: '1', partitioned: true, sameSite: 'none' });
  await cookieStore.set('cs_deleted', '1');
  await cookieStore.delete('cs_deleted');
  await cookieStore.delete('cs_never_existed');
  await cookieStore.set('cs_changed', '1');
  document.cookie = 'cs_changed=2; path=/; Secure';
  await cookieStore.set({ name: 'cs_bad', value: '1', domain: '.script.test' }).catch(() => {});
}

holdLoad(store());
holdLoad(message('stored'));
