import { test } from 'node:test';
import * as library from 'edgel3';
import { checks } from './support/library_checks.js';

for (const [name, check] of Object.entries(checks)) test(name, () => check(library));
