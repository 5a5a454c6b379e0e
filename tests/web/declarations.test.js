import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeDeclarations } from '../../web/declarations.js';

test('what is said of a type stands at the type', () => {
  const source = `
/**
 * How loud it is.
 *
 * @typedef {{ level: number, unit: { name: string } }} Loudness in the room
 * @property {number} level
 */

/** @typedef {string | null} Label What it is; null: nothing. */
/** @typedef {string} Silent */

/**
 * Is told.
 *
 * @callback Listener
 * @param {string} word
 */
const x = 1;
`;
  const declarations = `/** @typedef {string | null} Label What it is; null: nothing. */
export type Loudness = {
    /** in dB */
    level: number;
};
export type Label = string | null;
export type Silent = string;
export type Listener = (word: string) => void;
/** Not of a type. */
export declare const y: number;
`;
  assert.equal(
    completeDeclarations(declarations, source),
    `/**
 * How loud it is.
 *
 * in the room
 */
export type Loudness = {
    /** in dB */
    level: number;
};
/**
 * What it is; null: nothing.
 */
export type Label = string | null;
export type Silent = string;
/**
 * Is told.
 */
export type Listener = (word: string) => void;
/** Not of a type. */
export declare const y: number;
`,
  );
});

test('a type that is handed on is the same type, not one of the same name', () => {
  const declarations = "export type A = import('./a.js').A;\nexport type B = import('./a.js').A;\n";
  assert.equal(
    completeDeclarations(declarations, ''),
    "export type { A } from './a.js';\nexport type B = import('./a.js').A;\n",
  );
});

test('what is said of an overload stands at the overload', () => {
  const source = `
/**
 * Doubles one.
 *
 * @overload
 * @param {number} a
 */
/**
 * @overload
 * @param {number[]} all
 */
/** @param {number | number[]} a */
export async function double(a) {}
/** Stays. */
export function other() {}
`;
  const declarations = `export declare function double(a: number): void;
export declare function double(all: number[]): void;
/** Stays. */
export declare function other(): void;
`;
  assert.equal(
    completeDeclarations(declarations, source),
    `/**
 * Doubles one.
 *
 * @param {number} a
 */
export declare function double(a: number): void;
/**
 * @param {number[]} all
 */
export declare function double(all: number[]): void;
/** Stays. */
export declare function other(): void;
`,
  );
});
