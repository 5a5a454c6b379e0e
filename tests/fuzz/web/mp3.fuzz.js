import { soundsNamed, trySound } from './sound_target.js';

/** Without a second opinion: of damaged sound each decoder makes something else. @param {Uint8Array} bytes */
export const fuzz = (bytes) => trySound(bytes);

export const landmarks = ['ID3', 'Xing', 'Info', 'LAME', '\xff\xfb', '\xff\xf3'];

export const seeds = () => soundsNamed(/\.mp3$/);
