// Writes the forms of a date that RFC 9110 knows besides the usual one, and one
// that only the tokenizer of RFC 6265bis understands. All are 30 days ahead.
const then = new Date(Date.now() + 30 * 86400 * 1000);
const [weekday, day, month, year, time] = then.toUTCString().split(/,? /);
const long = then.toLocaleDateString('en', {weekday: 'long', timeZone: 'UTC'});

document.cookie = `date_rfc850=1; Expires=${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`;
document.cookie = `date_asctime=1; Expires=${weekday} ${month} ${day} ${time} ${year}`;
document.cookie = `date_loose=1; Expires=${time}/${year}_${month.toUpperCase()}uary,${day}`;
