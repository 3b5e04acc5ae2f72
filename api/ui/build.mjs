// Builds the islands into ../static/dist and copies the font files; running it twice gives the same bytes.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const DIST = '../static/dist';
const FONT = 'node_modules/@fontsource-variable/noto-sans';
const FONT_OUT = '../static/fonts/noto-sans';

await rm(DIST, { recursive: true, force: true });
await build({
  entryPoints: { diagram: 'src/diagram/island.js', page: 'src/page/page.js' },
  outdir: DIST,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['chrome109', 'firefox115', 'safari16'],
  charset: 'utf8',
  legalComments: 'linked',
  logLevel: 'info'
});

await mkdir(FONT_OUT, { recursive: true });
for (const subset of ['latin', 'vietnamese']) {
  await cp(`${FONT}/files/noto-sans-${subset}-wght-normal.woff2`, `${FONT_OUT}/noto-sans-${subset}.woff2`);
}
await cp(`${FONT}/LICENSE`, `${FONT_OUT}/OFL.txt`);
await writeFile(`${DIST}/NOTICES.txt`, await notices());

// Every package that went into a bundle, with its licence in full: the bpmn.io licence asks for it.
async function notices() {
  const { readFile } = await import('node:fs/promises');
  const packages = JSON.parse(await readFile('package-lock.json', 'utf8')).packages;
  const parts = [];
  for (const [folder, entry] of Object.entries(packages).sort()) {
    if (!folder || entry.dev || folder.includes('@fontsource')) continue;
    const files = await readdir(folder);
    const file = files.find((name) => /^licen[cs]e/i.test(name));
    const text = file ? (await readFile(`${folder}/${file}`, 'utf8')).trim() : `Licence: ${entry.license}`;
    parts.push(`${folder.split('node_modules/').pop()} ${entry.version}\n\n${text}\n`);
  }
  return parts.join(`\n${'-'.repeat(72)}\n\n`);
}
