// One canvas that shows one of several diagrams, opened at a size people can read.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { Marks } from './marks.js';

const READABLE = 0.72; // below this, the labels of an A3 diagram are under 9 px
const STEP = 80; // px that an arrow key moves
const FONT = '"Noto Sans Variable", sans-serif';

export class View {
  constructor(canvas, diagrams) {
    this.box = canvas;
    this.diagrams = new Map(diagrams.map((one) => [one.id, one]));
    this.current = null;
    this.viewer = new NavigatedViewer({
      container: canvas,
      zoomScroll: { enabled: false },
      textRenderer: {
        defaultStyle: { fontFamily: FONT, fontSize: 12 },
        externalStyle: { fontFamily: FONT, fontSize: 12 }
      }
    });
    this.onSelect = () => {};
    this.viewer.on('element.click', ({ element }) => this.onSelect(element.id));
    this.listen();
  }

  async open(id) {
    if (this.current === id) return;
    // Labels are wrapped by the widths of the font: it has to be there before the drawing.
    await document.fonts.load(`12px ${FONT}`, 'aếệ');
    await this.viewer.importXML(this.diagrams.get(id).xml);
    this.current = id;
    this.marks = new Marks(this.viewer);
    this.readable();
  }

  get canvas() {
    return this.viewer.get('canvas');
  }

  has(id) {
    return Boolean(id && this.viewer.get('elementRegistry').get(id));
  }

  whole() {
    this.canvas.zoom('fit-viewport', 'auto');
  }

  // Never smaller than can be read; what does not fit is reached by moving.
  readable() {
    const fit = this.canvas.zoom('fit-viewport');
    if (fit >= READABLE) {
      this.canvas.zoom(Math.min(fit, 1), 'auto');
      return;
    }
    const { inner } = this.canvas.viewbox();
    this.canvas.zoom(READABLE);
    const box = this.canvas.viewbox();
    this.canvas.viewbox({ x: inner.x - 16, y: inner.y - 16, width: box.width, height: box.height });
  }

  focus(id) {
    if (!this.has(id)) return;
    const element = this.viewer.get('elementRegistry').get(id);
    if (element.waypoints) return;
    const { x, y, width, height } = this.canvas.viewbox();
    const pad = 40;
    const inside = element.x - pad >= x && element.y - pad >= y
      && element.x + element.width + pad <= x + width && element.y + element.height + pad <= y + height;
    if (inside) return;
    this.canvas.viewbox({
      x: element.x + element.width / 2 - width / 2, y: element.y + element.height / 2 - height / 2, width, height
    });
  }

  select(id) {
    const selection = this.viewer.get('selection', false);
    if (selection && this.has(id)) selection.select(this.viewer.get('elementRegistry').get(id));
  }

  zoom(factor) {
    this.canvas.zoom(Math.max(0.2, Math.min(4, this.canvas.zoom() * factor)));
  }

  listen() {
    const keys = {
      ArrowLeft: () => this.move(STEP, 0), ArrowRight: () => this.move(-STEP, 0),
      ArrowUp: () => this.move(0, STEP), ArrowDown: () => this.move(0, -STEP),
      '+': () => this.zoom(1.2), '=': () => this.zoom(1.2), '-': () => this.zoom(1 / 1.2), 0: () => this.whole()
    };
    this.box.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    }, true);
    // Ctrl + wheel zooms; the plain wheel goes on scrolling the page.
    this.box.addEventListener('wheel', (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
    }, { passive: false });
    this.touch();
  }

  // One finger sideways moves the diagram, up and down the page scrolls (touch-action: pan-y).
  touch() {
    let last = null;
    this.box.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'touch') last = event;
    });
    this.box.addEventListener('pointermove', (event) => {
      if (!last || event.pointerType !== 'touch') return;
      this.move(event.clientX - last.clientX, event.clientY - last.clientY);
      last = event;
    });
    ['pointerup', 'pointercancel'].forEach((name) => this.box.addEventListener(name, () => { last = null; }));
  }

  move(dx, dy) {
    this.canvas.scroll({ dx, dy });
  }
}
