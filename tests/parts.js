/**
 * The parts that the tests consist of: what `npm test` runs, what only `npm test -- --all` runs, and how.
 *
 * A test needs no entry here: NAME.test.js in any folder below tests/ runs in Node, and NAME_test.cc below tests/src
 * runs natively and as WebAssembly, all of them in `npm test`. A folder whose tests take long, or need programs that not
 * everybody has, becomes a part by one line such as
 *
 *     { name: 'Examples', quick: false, tests: ['tests/examples'], packages: ['chromium'], atOnce: 1 },
 *
 * A test of JavaScript belongs to the part that names the longest beginning of its path, and to each such part where
 * several name it. Debian's packages, in groups, are in wasm/setup/test_packages.js. `npm test -- WORD` needs nothing:
 * it goes by the paths and names of tests, and by the names of the parts.
 */

import { NODE_VERSIONS } from '../wasm/setup/node_versions.js';

/**
 * @typedef {object} Part has exactly one of `commands`, `cpp` and `tests`
 * @property {string} name
 * @property {boolean} quick whether `npm test` runs it, or only `npm test -- --all`
 * @property {boolean} [again] whether its tests are in other parts as well, so that a word selects it by its name only
 * @property {import('../wasm/setup/test_packages.js').Group[]} [packages] that it needs of Debian
 * @property {{ preset: string, target: string }[]} [programs] of C++ that are built before it
 *
 * @property {string[][]} [commands] of which each needs the ones before it to succeed
 * @property {boolean} [prints] whether what they print is worth reading when they succeed, too
 *
 * @property {Preset} [cpp] which build of the C++ tests
 *
 * @property {string[]} [tests] folders and files of tests for Node's test runner, from the repository on
 * @property {Build} [build] of the module, which the library takes as if the engine had just this one; by default relaxed
 * @property {string} [node] version of Node; by default the one that runs already
 * @property {number} [atOnce] how many files; starting processes and waiting for them is half of what tests do, so 2
 * @property {Record<string, string>} [env] added to the environment
 *
 * @typedef {'native' | 'native-asan' | 'wasm' | 'wasm-relaxed'} Preset of CMakePresets.json
 * @typedef {'baseline' | 'relaxed'} Build
 */

/** What checks the numbers that the module computes: once for each of its builds. */
const NUMBERS = ['tests/golden', 'tests/web/embedding', 'tests/web/engine', 'tests/web/whole'];
/** What takes long: the training, the benchmark, the fuzzers' samples, and a thousand models after one another. */
const LONG = ['tests/models', 'tests/benchmarks', 'tests/fuzz', 'tests/web/memory'];
/** What has no other part. */
const REST = ['tests'];

const BROWSER = 'tests/web/browser';
/** Needs no sound and no page but an empty one. */
const LIBRARY = [`${BROWSER}/library`];
/** Live sound has gaps where the machine is busy. */
const LIVE = [`${BROWSER}/live`];

/** @param {string} name @param {string} [version] @returns {Part[]} what runs in Node, in one version of it */
function inNode(name, version) {
  /** @type {Pick<Part, 'quick' | 'again' | 'node'>} */
  const how = { quick: version === undefined, again: version !== undefined, node: version };
  return [
    { name: `${name}, baseline build: numbers`, ...how, tests: NUMBERS, build: 'baseline' },
    { name: `${name}, relaxed build: numbers`, ...how, tests: NUMBERS, build: 'relaxed' },
    {
      name: `${name}: everything else`,
      ...how,
      tests: REST,
      programs: [{ preset: 'native', target: 'edgel3_embed' }],
      packages: version === undefined ? ['cpp', 'shell'] : ['cpp', 'shell', 'foreign'],
    },
    { name: `${name}: what takes long`, ...how, quick: false, tests: LONG },
    { name: `${name}: the packed tarball`, ...how, tests: ['tests/package'], packages: ['shell'] },
  ];
}

const ownMajor = process.versions.node.split('.')[0];
const otherNodes = NODE_VERSIONS.filter((version) => version.split('.')[0] !== ownMajor);

/** @type {Part[]} */
export const parts = [
  { name: 'JavaScript: format and rules', quick: true, commands: [['node_modules/.bin/biome', 'check']] },
  { name: 'JavaScript: types', quick: true, commands: [['node_modules/.bin/tsc']] },
  {
    name: 'C++: format',
    quick: true,
    packages: ['format'],
    commands: [
      [
        'sh',
        '-c',
        "find src wasm tests -name '*.cc' -o -name '*.h' | xargs clang-format-19 --dry-run -Werror",
      ],
    ],
  },
  { name: 'C++, native', quick: true, packages: ['cpp'], cpp: 'native' },
  { name: 'C++, WebAssembly, baseline build', quick: false, packages: ['cpp'], cpp: 'wasm' },
  { name: 'C++, WebAssembly, relaxed build', quick: false, packages: ['cpp'], cpp: 'wasm-relaxed' },
  {
    name: 'C++, native, under sanitizers',
    quick: false,
    again: true,
    packages: ['cpp', 'sanitizers'],
    cpp: 'native-asan',
  },
  {
    name: 'C++: clang-tidy',
    quick: false,
    packages: ['cpp', 'sanitizers', 'lint'],
    prints: true,
    commands: [[process.execPath, 'tests/lint.js']],
  },
  {
    name: 'JavaScript: everything exported is documented',
    quick: true,
    commands: [[process.execPath, 'docs/reference/build.js']],
  },
  ...inNode('Node'),
  ...otherNodes.flatMap((version) => inNode(`Node ${version}`, version)),
  {
    name: 'The library in Chromium',
    quick: true,
    packages: ['chromium'],
    tests: LIBRARY,
    env: { EDGEL3_BROWSERS: 'Chromium' },
  },
  {
    name: 'The library in Firefox and WebKit',
    quick: false,
    packages: ['firefox', 'webkit'],
    tests: LIBRARY,
    env: { EDGEL3_BROWSERS: 'Firefox WebKit' },
  },
  {
    name: 'Pages in browsers',
    quick: false,
    packages: ['chromium', 'firefox', 'webkit'],
    tests: [BROWSER],
  },
  {
    name: 'Live sound in browsers',
    quick: false,
    packages: ['chromium', 'firefox', 'webkit'],
    tests: LIVE,
    atOnce: 1,
  },
  {
    name: 'The packed tarball in bundlers and pages',
    quick: false,
    packages: ['chromium'],
    tests: ['tests/package/pages.test.js'],
  },
  { name: 'Hosts from npm', quick: false, packages: ['chromium'], tests: ['tests/hosts'], atOnce: 1 },
  {
    name: 'Corpora: Slurm, Dask and an hour of sound',
    quick: false,
    packages: ['shell', 'cluster'],
    tests: ['tests/corpora'],
    atOnce: 1,
  },
  { name: 'Examples', quick: false, packages: ['chromium', 'foreign'], tests: ['tests/examples'] },
];
