async function keep() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('sqlite', { create: true });
  const file = await folder.getFileHandle('app.sqlite3', { create: true });
  const access = await file.createSyncAccessHandle();
  access.write(new Uint8Array(4096));
  access.close();
}
keep().then(() => postMessage('written'));
