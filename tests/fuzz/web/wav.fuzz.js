import { soundsNamed } from './sound_target.js';

export { trySound as fuzz } from './sound_target.js';

export const landmarks = ['RIFF', 'RIFX', 'RF64', 'WAVE', 'fmt ', 'ds64', 'data'];

export const seeds = () => soundsNamed(/\.wav$/);
