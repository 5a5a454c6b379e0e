/** Runs programs. */

import { spawn } from 'node:child_process';
import { repository } from './source.js';

/**
 * @param {string[]} command
 * @param {{ env?: Record<string, string>, onLine?: (line: string) => void }} [options] `env`: added to the environment;
 *   `onLine`: takes what it prints to standard output
 * @returns {Promise<{ status: number | null, stdout: string, output: string }>} `output`: with standard error
 */
export function runProcess([program, ...args], { env, onLine } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: repository,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, output, rest] = ['', '', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (!onLine) {
        stdout += text;
        return;
      }
      const lines = `${rest}${text}`.split('\n');
      rest = /** @type {string} */ (lines.pop());
      for (const line of lines) onLine(line);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', ({ message }) => resolve({ status: null, stdout, output: message }));
    child.on('close', (status, signal) => {
      if (onLine && rest) onLine(rest);
      resolve({ status, stdout, output: signal ? `${output}\nended by ${signal}` : output });
    });
  });
}
