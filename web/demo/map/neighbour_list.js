import { create } from '../page/dom.js';

/** @import { MapSound } from './sound_map.js' */
/** @import { Neighbour } from './neighbours.js' */

/**
 * Sounds with bars that tell how alike they are.
 *
 * @param {Neighbour[]} neighbours
 * @param {(sound: MapSound) => void} onChoose
 * @returns {HTMLLIElement[]}
 */
export function createNeighbourList(neighbours, onChoose) {
  return neighbours.map(({ sound, similarity }) => {
    const bar = create('progress', { max: 1, value: Math.max(0, similarity) });
    bar.ariaHidden = 'true';
    const number = create('span', { className: 'number', textContent: similarity.toFixed(2) });
    const button = create(
      'button',
      { type: 'button', className: 'neighbour', onclick: () => onChoose(sound) },
      [create('i', { className: 'swatch' }), create('span', { textContent: sound.name }), bar, number],
    );
    button.dataset.kind = sound.kind;
    return create('li', {}, [button]);
  });
}
