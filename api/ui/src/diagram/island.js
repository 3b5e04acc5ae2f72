// The diagram island: reads the JSON that the server put beside it, draws, marks, and follows list or replay.
import './diagram.css';
import { Replay } from './replay.js';
import { View } from './view.js';
import { words } from './words.js';

async function start(root) {
  const data = JSON.parse(root.querySelector('script[type="application/json"]').textContent);
  const canvas = root.querySelector('[data-canvas]');
  const view = new View(canvas, data.diagrams);
  const tools = toolbar(root, view, data);
  let last = Promise.resolve();

  // One drawing at a time, in order; only the newest wish is carried out.
  let wish = 0;
  const show = (marks) => {
    const mine = ++wish;
    last = last.then(() => (mine === wish ? draw(marks) : undefined)).catch((error) => {
      canvas.textContent = words.failed;
      throw error;
    });
    return last;
  };
  const draw = async (marks) => {
    await view.open(diagramOf(marks, data));
    tools.mark(view.current);
    view.marks.show(marks);
    view.focus(marks.focus || (marks.now || [])[0]);
    view.shown = marks;
    root.dataset.ready = view.current;
  };

  tools.onPick = (id) => show({ ...(view.shown || data), diagram: id, focus: null });
  tools.onHere = () => show({ ...(view.shown || data), diagram: null });
  linkList(root, view, data, show);
  const page = root.closest('[data-replay]');
  if (data.frames && page) new Replay(page, data.frames, show);
  else await show(data);
}

// The diagram asked for, else the one in which the step stands, else the procedure's own.
function diagramOf(marks, data) {
  const id = marks.diagram || (data.processOf || {})[marks.focus || (marks.now || [])[0]];
  return data.diagrams.some((one) => one.id === id) ? id : data.main;
}

function toolbar(root, view, data) {
  const bar = root.querySelector('[data-tools]');
  const tools = { onPick: () => {}, onHere: () => {}, mark: () => {} };
  const tabs = data.diagrams.length > 1 ? data.diagrams.map((one) => button(bar, one.name, () => tools.onPick(one.id))) : [];
  tabs.forEach((tab, index) => { tab.dataset.diagram = data.diagrams[index].id; });
  const right = document.createElement('span');
  right.className = 'diagram-zoom';
  bar.append(right);
  if (data.frames || (data.now || []).length) button(right, words.here, () => tools.onHere());
  button(right, words.whole, () => view.whole());
  button(right, '−', () => view.zoom(1 / 1.2), words.smaller);
  button(right, '+', () => view.zoom(1.2), words.larger);
  bar.hidden = false;
  const canvas = root.querySelector('[data-canvas]');
  canvas.title = words.keys;
  tools.mark = (id) => tabs.forEach((tab) => tab.setAttribute('aria-pressed', String(tab.dataset.diagram === id)));
  return tools;
}

function button(parent, text, act, label) {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button small';
  made.textContent = text;
  if (label) made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  parent.append(made);
  return made;
}

// List and diagram select each other.
function linkList(root, view, data, show) {
  const rows = [...document.querySelectorAll('[data-node]')];
  rows.forEach((row) => row.addEventListener('click', (event) => {
    if (event.target.closest('a, button') && !event.target.closest('[data-show-node]')) return;
    const node = row.dataset.node;
    show({ ...(view.shown || data), diagram: (data.processOf || {})[node], focus: node }).then(() => view.select(node));
  }));
  view.onSelect = (node) => rows.forEach((row) => row.classList.toggle('is-selected', row.dataset.node === node));
}

document.querySelectorAll('[data-diagram-island]').forEach((root) => { start(root); });
