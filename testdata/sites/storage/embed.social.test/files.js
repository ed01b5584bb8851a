navigator.storage.getDirectory()
  .then(root => root.getFileHandle('social-id', { create: true }))
  .then(() => parent.postMessage('kept', '*'));
