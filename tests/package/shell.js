import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { assertPrints } from './output.js';
import { createProject } from './project.js';

const root = new URL('../../', import.meta.url);
const docs = readdirSync(new URL('docs', root)).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...docs.map((name) => `docs/${name}`)];

// Debian's python3-numpy belongs to Debian's own Python, which need not be the first on PATH.
const PATH = `${dirname(process.execPath)}:/usr/bin:${process.env.PATH}`;
const ssh = fileURLToPath(new URL('tests/web/support/ssh.sh', root));
const env = { ...process.env, PATH, PARALLEL_SSH: ssh };

/** What an example needs besides this package, and how to find out whether it is there. */
const NEEDS = {
  python3: ['python3', '-c', 'import numpy'],
  parallel: ['parallel', '--version'],
};

/**
 * The examples in a page: a command behind '$ ', and below it what it prints, in code that is indented.
 *
 * @param {string} page
 * @returns {{ command: string, expected: string }[]}
 */
function examplesIn(page) {
  const text = readFileSync(new URL(page, root), 'utf8');
  const found = text.matchAll(/^(?<indent> {4,})\$ (?<command>.*)\n(?<output>(?:\k<indent>(?!\$ ).*\n)*)/gm);
  return [...found].map(({ groups: { indent, command, output } = {} }) => ({
    command,
    expected: output.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

describe('the shell examples', () => {
  for (const page of pages) {
    const examples = examplesIn(page);
    if (examples.length === 0) continue;
    test(`in ${page} print what stands below them`, async (t) => {
      const folder = createProject(`shell-${page.replace('/', '-')}`, {});
      for (const name of ['build', 'recordings', 'web/demo'])
        mkdirSync(join(folder, name), { recursive: true });
      for (const name of ['sound.wav', 'recordings/sound.wav', 'web/demo/sample.wav']) {
        cpSync(new URL('web/demo/sample.wav', root), join(folder, name));
      }
      cpSync(new URL('tests/golden/synthetic_sea64.h5.gz', root), join(folder, 'weights.h5.gz'));
      cpSync(new URL('examples/sounds', root), join(folder, 'examples/sounds'), { recursive: true });
      for (const { command, expected } of examples) {
        const need = Object.entries(NEEDS).find(([name]) => command.includes(`${name} `));
        if (need && spawnSync(need[1][0], need[1].slice(1), { env }).status !== 0) {
          t.diagnostic(`not run, for there is no ${need[1].join(' ')}: ${command}`);
          continue;
        }
        // Where its input is a socket and SHLVL is not set, bash takes itself for a remote shell and reads ~/.bashrc.
        const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', command], {
          cwd: folder,
          env,
          encoding: 'utf8',
        });
        assert.equal(status, 0, `${command}\n${stderr}`);
        assertPrints(stdout, expected, command);
      }
    });
  }
});
