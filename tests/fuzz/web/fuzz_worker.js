// The thread of runTarget: one input after the other, until the time is over or one of them is a finding.
import { workerData } from 'node:worker_threads';
import { openTarget } from './run_target.js';
import { openPeer } from './second_opinion.js';

const { name, milliseconds, state } = workerData;
const { target, inputs } = await openTarget(name);
const peer = openPeer();
for (const end = performance.now() + milliseconds; performance.now() < end; Atomics.add(state, 0, 1)) {
  await target.fuzz(inputs.at(state[0]), peer);
}
// The other program would keep the thread alive.
process.exit();
