async function keep() {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle('device-id.txt', { create: true });
  const out = await file.createWritable();
  await out.write('0123456789');
  await out.close();
  const folder = await root.getDirectoryHandle('state', { create: true });
  await folder.getFileHandle('visits.json', { create: true });
}

// Two files of one name: a script tells the name only.
async function twins() {
  const root = await navigator.storage.getDirectory();
  for (const name of ['a', 'b']) {
    const folder = await root.getDirectoryHandle(name, { create: true });
    await folder.getFileHandle('twin.bin', { create: true });
  }
}

async function forAMoment() {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle('scratch.tmp', { create: true });
  await (await file.createWritable()).close();
  await root.removeEntry('scratch.tmp');
}

// Asking makes nothing.
async function askOnly() {
  const root = await navigator.storage.getDirectory();
  await root.getFileHandle('never-made.txt').catch(() => {});
  await root.getFileHandle('a', { create: true }).catch(() => {}); // a folder
  await FileSystemFileHandle.prototype.createWritable.call({}).catch(() => {});
}

holdLoad(keep().then(twins).then(forAMoment).then(askOnly));
