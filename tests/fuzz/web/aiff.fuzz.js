import { soundsNamed } from './sound_target.js';

export { trySound as fuzz } from './sound_target.js';

export const landmarks = ['FORM', 'AIFF', 'AIFC', 'COMM', 'SSND', 'sowt', 'fl64', 'ulaw'];

export const seeds = () => soundsNamed(/\.aiff$/);
