// Small comforts; every page works without them.

// The summary of errors takes the focus, so that it is read first.
const summary = document.querySelector('[data-error-summary]');
if (summary) summary.focus();

// A second click on the same button sends nothing twice.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});
window.addEventListener('pageshow', () => {
  document.querySelectorAll('form[data-sent]').forEach((form) => { delete form.dataset.sent; });
});

// An answer that changes what is asked or offered: the server says what is asked now.
document.addEventListener('change', (event) => {
  const form = event.target.closest('form');
  const refresh = form && form.querySelector('[data-refresh]');
  // A page that is loaded again has lost the files chosen on it: then only the button itself does it.
  const files = form && [...form.querySelectorAll('[type=file]')].some((one) => one.files.length);
  const turning = refresh && refresh.dataset.refresh === 'province' ? '[name$=".province"]' : '[type=radio], [type=checkbox], select';
  if (refresh && !files && event.target.matches(turning)) {
    sessionStorage.setItem('scroll', String(window.scrollY));
    sessionStorage.setItem('focus', event.target.id);
    form.requestSubmit(refresh);
  }
});
const scroll = sessionStorage.getItem('scroll');
if (scroll !== null && !summary) {
  const target = document.getElementById(sessionStorage.getItem('focus') || '');
  if (target) target.focus({ preventScroll: true });
  window.scrollTo(0, Number(scroll));
}
sessionStorage.removeItem('scroll');
sessionStorage.removeItem('focus');

// "In phiếu" and its kind.
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});
document.querySelectorAll('[data-needs-script]').forEach((one) => one.removeAttribute('hidden'));

// Lists: j and k go from row to row, Enter opens.
document.addEventListener('keydown', (event) => {
  if (event.target.closest('input, textarea, select') || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key !== 'j' && event.key !== 'k') return;
  const links = [...document.querySelectorAll('[data-rows] [data-row-link]')];
  if (!links.length) return;
  const next = links.indexOf(document.activeElement) + (event.key === 'j' ? 1 : -1);
  links[Math.max(0, Math.min(links.length - 1, next))].focus();
});
