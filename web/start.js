// `npm start`, once everything is built: embeds the sample with the built-in model and says what came out.

import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadEmbeddingModel, processFile } from '../dist/node.js';

const path = (/** @type {string} */ relative) => fileURLToPath(new URL(relative, import.meta.url));
const sample = path('demo/sample.wav');
const outputDir = path('../build/start');
mkdirSync(outputDir, { recursive: true });
