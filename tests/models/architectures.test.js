import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeNetwork, KNOWN_NETWORKS, planeOf, SPECTROGRAMS } from '../../web/weights/architectures.js';

test('the table of docs/models.md is what models/architectures.json says', () => {
  const text = readFileSync(new URL('../../docs/models.md', import.meta.url), 'utf8');
  const rows = KNOWN_NETWORKS.map((network) => {
    const spectrogram = SPECTROGRAMS[network.spectrogram];
    const cells = [
      network.model_type,
      network.input_repr ?? '',
      network.front_end ?? '',
      `${spectrogram.sample_rate} Hz`,
      planeOf(spectrogram).join(' × '),
      Object.keys(network.final_pooling).join(', '),
      network.convolutions.join(' '),
    ];
    return `| ${cells.join(' | ')} |`.replaceAll('|  |', '| |').replaceAll('|  |', '| |');
  });
  const table = text.split('\n').filter((line) => /^\| (sea|sparse|openl3|l3) /.test(line));
  assert.deepEqual(table, rows);
});

test('every network has the places that its dimensions say', () => {
  for (const network of KNOWN_NETWORKS) {
    const [bands, frames] = planeOf(SPECTROGRAMS[network.spectrogram]).map((side) => side >> 3);
    for (const dimension of Object.keys(network.final_pooling)) {
      const { final_pooling, convolutions } = describeNetwork(network, Number(dimension));
      assert.equal((bands % final_pooling[0]) + (frames % final_pooling[1]), 0);
      const places = (bands / final_pooling[0]) * (frames / final_pooling[1]);
      assert.equal(places * convolutions[7], Number(dimension));
    }
  }
});
