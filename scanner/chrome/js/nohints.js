// Runs before the code of pages and workers: Safari has no client hints.
delete (globalThis.Navigator ?? globalThis.WorkerNavigator).prototype.userAgentData;
