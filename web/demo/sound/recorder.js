import { create } from '../page/dom.js';
import { toMeter } from './level.js';
import { record } from './record.js';

/** @import { Sound } from '../sounds/sounds.js' */

/** Whether one is recording: there is one microphone. */
let isBusy = false;

/**
 * A button that records, with a countdown and a level meter beside it while it does. It keeps the focus.
 *
 * @param {HTMLButtonElement} button
 * @param {number} duration seconds
 * @param {object} listeners
 * @param {() => { deviceId: string, mayBeQuiet?: boolean }} listeners.choose how, asked at each start
 * @param {() => void} listeners.onStart
 * @param {(sound: Sound) => unknown} listeners.onSound
 * @param {(error: unknown) => void} listeners.onError
 */
export function makeRecorder(button, duration, { choose, onStart, onSound, onError }) {
  const text = button.textContent;
  const meter = create('meter', { className: 'level', max: 1, low: 0.25, high: 0.95, optimum: 0.6 });
  meter.ariaLabel = 'Level of the microphone';
  button.onclick = async () => {
    if (isBusy) return;
    isBusy = true;
    onStart();
    button.classList.add('recording');
    button.textContent = 'Opening …';
    button.after(meter);
    try {
      const sound = await record(duration, {
        ...choose(),
        onProgress({ left, level }) {
          button.textContent = `Recording: ${left.toFixed(1)} s`;
          meter.value = toMeter(level);
        },
      });
      button.textContent = 'Listening to it …';
      await onSound(sound);
    } catch (error) {
      onError(error);
    } finally {
      isBusy = false;
      button.classList.remove('recording');
      button.textContent = text;
      meter.remove();
    }
  };
}
