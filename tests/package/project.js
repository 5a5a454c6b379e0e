import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));

/** Folder of all projects, gone after the tests. */
export const projects = mkdtempSync(join(tmpdir(), 'edgel3-package-'));
after(() => rmSync(projects, { recursive: true, force: true }));

/** The package as it would be published. */
export const tarball = await pack();
const installed = await install();

async function pack() {
  const { stdout } = await run(
    'npm',
    ['pack', '--json', '--ignore-scripts', '--pack-destination', projects],
    {
      cwd: repository,
    },
  );
  const [{ filename }] = JSON.parse(stdout);
  return join(projects, filename);
}

/** Nothing but the tarball is needed: npm does it without network. */
async function install() {
  const folder = createFolder('installed', { 'package.json': '{}' });
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder });
  return join(folder, 'node_modules');
}

/**
 * A project that has nothing but this package installed.
 *
 * @param {string} name
 * @param {Record<string, string>} files contents by path
 * @returns {string} its folder
 */
export function createProject(name, files) {
  const folder = createFolder(name, { 'package.json': '{ "type": "module", "private": true }', ...files });
  cpSync(installed, join(folder, 'node_modules'), { recursive: true });
  return folder;
}

/**
 * @param {string} name
 * @param {Record<string, string>} files
 */
function createFolder(name, files) {
  const folder = join(projects, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/**
 * Runs a tool, of the repository or the system's, and gives what it printed.
 *
 * @param {string} folder
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] added to the environment
 * @returns {Promise<{ status: number, output: string }>}
 */
export async function runIn(folder, command, args, env = {}) {
  const PATH = `${join(repository, 'node_modules/.bin')}:${process.env.PATH}`;
  const options = { cwd: folder, env: { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: '0', ...env } };
  try {
    const { stdout, stderr } = await run(command, args, options);
    return { status: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = /** @type {{ code: number, stdout: string, stderr: string }} */ (error);
    return { status: code, output: stdout + stderr };
  }
}
