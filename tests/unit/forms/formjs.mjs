// What form-js itself says of filled forms: one JSON object a line in, one a line out.
//   {"form": form-js JSON, "data": what stands in the form}  ->
//   {"errors": {path: [sentence, ...]}, "data": what it would send, "shown": [path, ...]}
// A path is the key of a field; in a list it is list.row.key. Run by test_formjs.py:
//   node tests/unit/forms/formjs.mjs < submissions.jsonl
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

// The packages stand where the islands are built (make ui). form-js has the bpmn.io licence: it is for tests, and
// nothing of it is shipped.
const need = createRequire(new URL('../../../api/ui/package.json', import.meta.url));
const { JSDOM } = need('jsdom');

const { window } = new JSDOM('<!doctype html><body></body>');
class ResizeObserver { observe() {} unobserve() {} disconnect() {} } // nothing has a size here
const names = ['document', 'navigator', 'DOMParser', 'HTMLElement', 'KeyboardEvent', 'MutationObserver', 'Node'];
for (const name of names) Object.defineProperty(globalThis, name, { value: window[name], configurable: true });
Object.assign(globalThis, { window, ResizeObserver });
const { Form } = need('@bpmn-io/form-js-viewer');

for await (const line of createInterface({ input: process.stdin })) {
  const { form, data } = JSON.parse(line);
  console.log(JSON.stringify(await said(form, data)));
}
process.exit(0); // timers of the window would keep it waiting

async function said(schema, data) {
  const form = new Form();
  await form.importSchema(schema, data);
  await new Promise((resolve) => setTimeout(resolve)); // what shows and hides is drawn again behind the import
  const { errors, data: sent } = form.submit();
  const fields = form.get('formFieldInstanceRegistry').getAllKeyed();
  const failing = {};
  for (const { id, valuePath, indexes } of fields) {
    const rows = Object.values(indexes || {});
    const sentences = rows.reduce((one, row) => one && one[row], errors[id]);
    if (sentences) failing[valuePath.join('.')] = sentences;
  }
  const shown = fields.map(({ valuePath }) => valuePath.join('.'));
  form.destroy();
  return { errors: failing, data: sent, shown };
}
