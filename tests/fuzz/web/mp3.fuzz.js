import { soundsNamed } from './sound_target.js';

export { trySound as fuzz } from './sound_target.js';

export const landmarks = ['ID3', 'Xing', 'Info', 'LAME', '\xff\xfb', '\xff\xf3'];

export const seeds = () => soundsNamed(/\.mp3$/);
