const dedicated = new Worker('/workers/dedicated.js');
holdLoad(message('done', dedicated));

const shared = new SharedWorker('/workers/shared.js');
shared.port.start();
holdLoad(message('done', shared.port));
