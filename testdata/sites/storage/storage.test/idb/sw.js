importScripts('/idb/sw-lib.js');
