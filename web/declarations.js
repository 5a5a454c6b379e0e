/**
 * Completes the types in dist/ with what tsc leaves out of them: `node web/declarations.js`, after tsc.
 *
 * Of a `@typedef`, a `@callback` or an `@overload`, tsc writes the type, but not what is said of it; and a type that is
 * handed on becomes a new type without documentation. Editors, and the reference (`npm run docs`), show what stands at the
 * type itself.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMENT = /\/\*\*(?:[^*]|\*(?!\/))*\*\/\n?/g;
const COMMENT_OR_FUNCTION = /(\/\*\*(?:[^*]|\*(?!\/))*\*\/)|^export (?:async )?function (\w+)/gm;
const HANDED_ON = /^export type (\w+) = import\(['"]([^'"]+)['"]\)\.\1;$/gm;

/**
 * @param {string} declarations what tsc made of a module
 * @param {string} source the module
 * @returns {string} the declarations with the documentation where it belongs
 */
export function completeDeclarations(declarations, source) {
  const ofTypes = new Map((source.match(COMMENT) ?? []).flatMap(readTypes));
  const ofOverloads = readOverloads(source);
  return declarations
    .replaceAll(COMMENT, (comment) => (readTypes(comment).length > 0 ? '' : comment))
    .replaceAll(HANDED_ON, "export type { $1 } from '$2';")
    .replaceAll(/^(?:export )?type (\w+)\b/gm, (type, name) => toComment(ofTypes.get(name)) + type)
    .replaceAll(
      /^export declare function (\w+)\b/gm,
      (overload, name) => toComment(ofOverloads.get(name)?.shift()) + overload,
    );
}

/**
 * @param {string} comment
 * @returns {[name: string, words: string][]} the types that it defines, and what it says of each
 */
function readTypes(comment) {
  const [before, ...tags] = `\n${wordsOf(comment)}`.split(/^(?=@)/m);
  /** @type {[string, string][]} */
  const types = [];
  for (const tag of tags) {
    const [, kind, rest] = /** @type {RegExpMatchArray} */ (tag.match(/^@(\w+)\s*([\s\S]*)$/));
    const defined = kind === 'typedef' ? afterBraces(rest) : kind === 'callback' ? rest : undefined;
    const [, name, words] = defined?.match(/^\s*(\w+)\s*([\s\S]*)$/) ?? [];
    if (name)
      types.push([
        name,
        [types.length === 0 ? before.trim() : '', words.trim()].filter(Boolean).join('\n\n'),
      ]);
  }
  return types;
}

/**
 * @param {string} source
 * @returns {Map<string, string[]>} what is said of the overloads of each function, in their order
 */
function readOverloads(source) {
  /** @type {Map<string, string[]>} */
  const functions = new Map();
  /** @type {string[]} */
  let overloads = [];
  for (const [found, comment, name] of source.matchAll(COMMENT_OR_FUNCTION)) {
    if (name) {
      if (overloads.length > 0) functions.set(name, overloads);
      overloads = [];
    } else if (found.includes('@overload')) {
      overloads.push(
        wordsOf(comment)
          .replace(/^@overload\n/m, '')
          .trim(),
      );
    }
  }
  return functions;
}

/** @param {string} comment @returns {string} what stands in it */
function wordsOf(comment) {
  const inside = comment.trim().slice('/**'.length, -'*/'.length);
  return inside.replaceAll(/^\s*\* ?/gm, '').trim();
}

/** @param {string | undefined} words @returns {string} a comment in front of a declaration */
function toComment(words) {
  if (!words) return '';
  return `/**\n${words.replaceAll(/^/gm, ' * ').replaceAll(/ +$/gm, '')}\n */\n`;
}

/** @param {string} text `{type} rest` @returns {string} rest */
function afterBraces(text) {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}' && --depth === 0) return text.slice(index + 1);
  }
  return text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const web = fileURLToPath(new URL('.', import.meta.url));
  const dist = join(web, '../dist');
  const files = /** @type {string[]} */ (readdirSync(dist, { recursive: true }));
  for (const file of files.filter((name) => name.endsWith('.d.ts'))) {
    const path = join(dist, file);
    const source = join(web, file.replace(/\.d\.ts$/, '.js'));
    // Declarations that are written by hand, for what the build of the core makes and for assets, have no source.
    if (!existsSync(source)) continue;
    const text = readFileSync(path, 'utf8');
    const completed = completeDeclarations(text, readFileSync(source, 'utf8'));
    if (completed !== text) writeFileSync(path, completed);
  }
}
