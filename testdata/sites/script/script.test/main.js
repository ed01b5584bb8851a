// Writes of an external script, in every way of running text as code.
document.cookie = 'ext_script=1; path=/';

eval("document.cookie = 'by_eval=1; path=/'");

new Function("document.cookie = 'by_new_function=1; path=/'")();

(0, eval)("document.cookie = 'by_indirect_eval=1; path=/'");

Promise.resolve().then(() => { document.cookie = 'by_promise=1; path=/'; });

document.cookie = 'set_then_deleted=1; path=/; max-age=3600';
document.cookie = 'set_then_deleted=; path=/; max-age=0';

document.cookie = 'never_existed=; path=/; max-age=0';

holdLoad(import('/lazy.mjs'));
