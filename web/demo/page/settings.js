import { find } from './dom.js';

/** @typedef {{ deviceId: string, hopSize: number, center: boolean }} Settings deviceId: '' for the default */

/** The choices below the views. Fires 'change'. */
export class SettingsForm extends EventTarget {
  #device = find('settings-device', HTMLSelectElement);
  #hop = find('settings-hop', HTMLSelectElement);
  #center = find('settings-center', HTMLInputElement);

  constructor() {
    super();
    for (const control of [this.#device, this.#hop, this.#center]) {
      control.onchange = () => this.dispatchEvent(new Event('change'));
    }
    navigator.mediaDevices?.addEventListener('devicechange', () => this.listDevices());
  }

  /** @returns {Settings} */
  get values() {
    return {
      deviceId: this.#device.value,
      hopSize: Number(this.#hop.value),
      center: this.#center.checked,
    };
  }

  /** Lists the microphones, whose names browsers tell only once one of them was allowed. */
  async listDevices() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    const chosen = this.#device.value;
    const microphones = devices.filter(({ kind, deviceId }) => kind === 'audioinput' && deviceId !== '');
    const options = microphones.map(({ label, deviceId }, index) => {
      return new Option(label || `Microphone ${index + 1}`, deviceId, false, deviceId === chosen);
    });
    this.#device.replaceChildren(new Option('Default', ''), ...options);
    this.#device.value = microphones.some(({ deviceId }) => deviceId === chosen) ? chosen : '';
  }
}
