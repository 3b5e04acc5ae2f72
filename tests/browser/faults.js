// What is wrong with the page as people with assistive technology meet it: a list of sentences.
() => {
  const faults = [];
  const ids = new Set();
  const all = (selector) => [...document.querySelectorAll(selector)];
  const named = (e) => e.textContent.trim() || e.getAttribute('aria-label');

  all('[id]').forEach((e) => (ids.has(e.id) ? faults.push(`id twice: ${e.id}`) : ids.add(e.id)));
  ['aria-describedby', 'aria-labelledby'].forEach((name) => all(`[${name}]`).forEach((e) => {
    const missing = e.getAttribute(name).split(/\s+/).filter((id) => id && !ids.has(id));
    missing.forEach((id) => faults.push(`${name} to nowhere: ${id}`));
  }));
  all('input:not([type=hidden]), select, textarea')
    .filter((e) => !e.labels.length && !e.getAttribute('aria-label'))
    .forEach((e) => faults.push(`no label: ${e.name}`));
  all('a[href], button').filter((e) => !named(e)).forEach((e) => faults.push(`no name: ${e.outerHTML}`));
  if (all('h1').length !== 1) faults.push('not one h1');
  if (all('main').length !== 1) faults.push('not one main');
  if (!document.documentElement.lang) faults.push('no language');
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('wider than the window');

  // Contrast of text by WCAG 2; text on a gradient cannot be judged and is left out.
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const pixel = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => colour.slice(0, 3)
    .map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.backgroundImage !== 'none') return null;
      const colour = pixel(style.backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return pixel('#fff');
  };
  const speaks = (e) => [...e.childNodes].some((n) => n.nodeType === Node.TEXT_NODE && n.data.trim());
  all('body *').filter((e) => e.getClientRects().length && !e.closest('.unseen') && speaks(e)).forEach((e) => {
    const behind = ground(e);
    if (!behind) return;
    const [more, less] = [luminance(pixel(getComputedStyle(e).color)), luminance(behind)].sort((a, b) => b - a);
    const ratio = (more + 0.05) / (less + 0.05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(1)}: ${e.textContent.trim().slice(0, 40)}`);
  });
  return faults;
}
