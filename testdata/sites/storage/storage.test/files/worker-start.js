holdLoad(message('written', new Worker('/files/worker.js')));
