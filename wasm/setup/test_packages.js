/** What the tests need of Debian's packages, in groups that parts of tests/parts.js name. */

/** @type {Record<Group, Record<string, string>>} as ensurePackages takes them */
export const testPackages = {
  cpp: {
    'clang-19': 'clang++-19',
    'lld-19': 'ld.lld-19',
    'llvm-19': 'llvm-symbolizer-19',
    'libc++-19-dev': '/usr/lib/llvm-19/include/c++',
    'libc++abi-19-dev': '/usr/lib/llvm-19/lib/libc++abi.a',
    'libgtest-dev': '/usr/src/googletest',
  },
  /** The sanitizers, and the header by which the fuzzers take their input apart. */
  sanitizers: { 'libclang-rt-19-dev': '/usr/lib/llvm-19/lib/clang/19/lib/linux' },
  format: { 'clang-format-19': 'clang-format-19' },
  lint: { 'clang-tidy-19': 'clang-tidy-19' },
  /** What the examples of the documentation and the tests of the command line call. */
  shell: { bsdutils: 'script', git: 'git', parallel: 'parallel' },
  /** Programs that read what this package writes, and the other way round. Without them those tests are skipped. */
  foreign: { ffmpeg: 'ffmpeg', 'python3-numpy': '/usr/lib/python3/dist-packages/numpy' },
  /** Engines that give work to many machines. */
  cluster: {
    'slurm-wlm': '/usr/sbin/slurmctld',
    munge: '/usr/sbin/munged',
    'python3-distributed': '/usr/lib/python3/dist-packages/distributed',
  },
  chromium: { chromium: 'chromium' },
  firefox: { 'firefox-esr': 'firefox-esr' },
  webkit: { 'webkit2gtk-driver': 'WebKitWebDriver', xvfb: 'Xvfb' },
  check: { valgrind: 'valgrind' },
};

/**
 * @typedef {'cpp' | 'sanitizers' | 'format' | 'lint' | 'shell' | 'foreign' | 'cluster' | 'chromium' | 'firefox' | 'webkit' | 'check'} Group
 */
