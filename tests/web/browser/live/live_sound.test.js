// The way from a MediaStream to embeddings, in every engine. Chromium's own microphone is in microphone.test.js: the
// others have none that could be made to hear a recording.
import { test } from 'node:test';
import { assertHears, hearRecording, RATE, recording } from '../../support/recording.js';
import { engines } from '../browsers.js';
import { againAfterCrash } from '../crashes.js';
import { serve } from '../static_server.js';

const page = '/page';

for (const [name, engine] of Object.entries(engines)) {
  const hears = againAfterCrash(async (t) => {
    const server = await serve(new URL('../../../../', import.meta.url), { pathOfPage: page });
    const browser = await engine.launch();
    t.after(async () => {
      await browser.close();
      server.close();
    });
    const tab = await browser.open(server.url + page);
    const samples = Array.from(recording, (sample) => sample / 32768);
    await assertHears(t, await tab.evaluate(hearRecording, { samples, sampleRate: RATE }));
  });
  test(`${name} hears what is played`, { skip: engine.missing }, hears);
}
