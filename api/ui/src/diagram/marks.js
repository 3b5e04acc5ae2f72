// What was passed, what waits now, what is late: drawn on the diagram, numbers in the badge, never colour alone.
import { words } from './words.js';

const CLASSES = ['mark-done', 'mark-now', 'mark-late', 'mark-taken'];

// Sequence flows that were certainly taken. Where two ways lead to a node and both may have been used,
// none is claimed: the nodes themselves tell the truth.
export function takenFlows(elements, path, now) {
  const left = (node) => (path[node.id] || 0) > 0 && !now.has(node.id);
  const taken = [];
  elements.forEach((node) => {
    if (!path[node.id] || !node.incoming) return;
    const coming = node.incoming.filter((flow) => flow.source && left(flow.source));
    coming.forEach((flow) => {
      const only = flow.source.outgoing.filter((one) => one.type === 'bpmn:SequenceFlow').length === 1;
      const parallel = /ParallelGateway$/.test(flow.source.type) || /ParallelGateway$/.test(node.type);
      if (coming.length === 1 || only || parallel) taken.push(flow.id);
    });
  });
  return taken;
}

export class Marks {
  constructor(viewer) {
    this.canvas = viewer.get('canvas');
    this.registry = viewer.get('elementRegistry');
    this.overlays = viewer.get('overlays');
    this.marked = [];
  }

  clear() {
    this.marked.forEach((id) => CLASSES.forEach((name) => this.canvas.removeMarker(id, name)));
    this.marked = [];
    this.overlays.clear();
  }

  // path: BPMN id to how often it was entered; now and late: BPMN ids
  show({ path = {}, now = [], late = [] }) {
    this.clear();
    const present = new Set(now);
    Object.entries(path).forEach(([id, count]) => {
      if (!present.has(id)) this.mark(id, 'mark-done');
      if (count > 1) this.badge(id, `${count} ${words.times}`, 'badge-count');
    });
    now.forEach((id) => {
      this.mark(id, 'mark-now');
      if (!late.includes(id)) this.badge(id, words.now, 'badge-now');
    });
    late.forEach((id) => {
      this.mark(id, 'mark-late');
      this.badge(id, words.late, 'badge-late');
    });
    takenFlows(this.registry.getAll(), path, present).forEach((id) => this.mark(id, 'mark-taken'));
  }

  mark(id, name) {
    if (!this.registry.get(id)) return;
    this.canvas.addMarker(id, name);
    this.marked.push(id);
  }

  badge(id, text, kind) {
    const element = this.registry.get(id);
    if (!element || element.waypoints) return;
    const html = document.createElement('span');
    html.className = `diagram-badge ${kind}`;
    html.textContent = text;
    const below = kind === 'badge-count';
    this.overlays.add(id, {
      position: below ? { bottom: 8, right: 24 } : { top: -14, left: 0 },
      scale: { min: 0.9, max: 1 },
      html
    });
  }
}
