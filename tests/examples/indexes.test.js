// The programs of docs/classifier.md that need a package from npm, run with it.
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { getEmbedding, readAudioFile, SoundIndex } from 'edgel3';
import { createProject, runIn, tarball } from '../package/project.js';

const sample = new URL('../../web/demo/sample.wav', import.meta.url);
const page = readFileSync(new URL('../../docs/classifier.md', import.meta.url), 'utf8');

/** What `npm install` gets, at versions that are known to run. */
const PACKAGES = {
  'usearch.js': ['usearch@2.26.2'],
  'lancedb.js': ['@lancedb/lancedb@0.31.0', 'apache-arrow@18.1.0'],
};

for (const [name, packages] of Object.entries(PACKAGES)) {
  test(`${name} finds what SoundIndex finds`, async () => {
    const [, program] = new RegExp(`^\`\`\`js installed ${name}\n(.*?)^\`\`\`$`, 'ms').exec(page) ?? [];
    assert.ok(program, `docs/classifier.md has no ${name}`);
    const command = `npm install ${packages.map((one) => one.replace(/(?<=.)@.*/, '')).join(' ')}\n`;
    assert.ok(page.includes(`    ${command}`), command);
    const manifest = { type: 'module', private: true, dependencies: { edgel3: `file:${tarball}` } };
    const folder = createProject(name, { [name]: program, 'package.json': JSON.stringify(manifest) });
    cpSync(sample, join(folder, 'sound.wav'));
    const installed = await runIn(folder, 'npm', ['install', '--no-audit', '--no-fund', ...packages]);
    assert.equal(installed.status, 0, installed.output);
    const { status, output } = await runIn(folder, process.execPath, [name]);
    assert.equal(status, 0, output);

    const result = await getEmbedding(await readAudioFile(sample), undefined, { hopSize: 0.5 });
    const index = new SoundIndex();
    for (const { timestamp, embedding } of result) index.add(timestamp, embedding);
    const expected = index.search(result.row(3), { k: 3 });
    // Beside what LanceDB has to say on standard error.
    const found = output
      .split('\n')
      .filter((line) => /^[\d.]+ [\d.]+$/.test(line))
      .map((line) => line.split(' ').map(Number));
    assert.deepEqual(
      found.map(([time]) => time),
      expected.map(({ id }) => id),
    );
    for (const [rank, [, similarity]] of found.entries()) {
      assert.ok(Math.abs(similarity - expected[rank].similarity) < 1e-5, output);
    }
  });
}
