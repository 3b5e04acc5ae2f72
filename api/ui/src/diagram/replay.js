// The replay control: the page already holds every step; this shows one at a time without loading again.
import { words } from './words.js';

const PACE = 1600; // ms a step while playing

export class Replay {
  constructor(root, frames, show) {
    this.root = root;
    this.frames = frames;
    this.show = show;
    this.at = Number(root.dataset.step);
    this.panels = [...root.querySelectorAll('[data-frame]')];
    this.rows = [...root.querySelectorAll('[data-step-link]')];
    this.slider = root.querySelector('[data-slider]');
    this.player = root.querySelector('[data-play]');
    this.counter = root.querySelector('[data-counter]');
    this.wire();
    this.go(this.at, { quiet: true });
  }

  wire() {
    this.root.querySelectorAll('[data-controls]').forEach((one) => one.removeAttribute('hidden'));
    this.root.addEventListener('click', (event) => {
      const link = event.target.closest('[data-step-link], [data-go]');
      if (!link || link.getAttribute('aria-disabled') === 'true') return;
      event.preventDefault();
      this.pause();
      const moves = { first: 1, back: this.at - 1, next: this.at + 1, last: this.frames.length };
      this.go(link.dataset.go ? moves[link.dataset.go] : Number(link.dataset.stepLink));
    });
    this.slider.addEventListener('input', () => {
      this.pause();
      this.go(Number(this.slider.value));
    });
    this.player.addEventListener('click', () => (this.timer ? this.pause() : this.play()));
  }

  play() {
    if (this.at === this.frames.length) this.go(1);
    this.player.textContent = words.stop;
    this.timer = setInterval(() => {
      this.go(this.at + 1);
      if (this.at === this.frames.length) this.pause();
    }, PACE);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.player.textContent = words.play;
  }

  go(step, { quiet = false } = {}) {
    this.at = Math.max(1, Math.min(this.frames.length, step));
    this.panels.forEach((panel) => { panel.hidden = Number(panel.dataset.frame) !== this.at; });
    this.rows.forEach((row) => {
      const here = Number(row.dataset.stepLink) === this.at;
      row.classList.toggle('is-future', Number(row.dataset.stepLink) > this.at);
      if (here) {
        row.setAttribute('aria-current', 'step');
        reveal(row);
      } else row.removeAttribute('aria-current');
    });
    this.slider.value = String(this.at);
    this.counter.textContent = `${this.at} / ${this.frames.length}`;
    this.enable('first', this.at > 1);
    this.enable('back', this.at > 1);
    this.enable('next', this.at < this.frames.length);
    this.enable('last', this.at < this.frames.length);
    if (!quiet) {
      const address = new URL(location.href);
      address.searchParams.set('buoc', String(this.at));
      history.replaceState(null, '', address);
    }
    this.show(this.frames[this.at - 1]);
  }

  enable(name, on) {
    this.root.querySelectorAll(`[data-go="${name}"]`).forEach((link) => {
      link.setAttribute('aria-disabled', String(!on));
    });
  }
}

// Scroll the list, never the page.
function reveal(row) {
  const list = row.closest('[data-steps]');
  if (!list) return;
  const [outer, inner] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top + 8;
  if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + 8;
}
