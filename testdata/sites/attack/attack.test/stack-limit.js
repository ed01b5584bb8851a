Error.stackTraceLimit = 0;
document.cookie = 'limit_zero=1; path=/';
document.cookie = 'limit_is_' + Error.stackTraceLimit + '=1; path=/';

Error.stackTraceLimit = 'none';
document.cookie = 'limit_text=1; path=/';

delete Error.stackTraceLimit;
document.cookie = 'limit_deleted=1; path=/';
document.cookie = 'limit_there_' + Object.hasOwn(Error, 'stackTraceLimit') + '=1; path=/';
