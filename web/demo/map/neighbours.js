import { similarity } from 'edgel3/analysis';

/** @import { MapSound } from './sound_map.js' */
/** @typedef {{ sound: MapSound, similarity: number }} Neighbour */

/**
 * @param {MapSound} sound
 * @param {MapSound[]} sounds
 * @returns {Neighbour[]} all others, the most similar first
 */
export function neighboursOf(sound, sounds) {
  return sounds
    .filter((other) => other !== sound)
    .map((other) => ({ sound: other, similarity: similarity(sound.embedding, other.embedding) }))
    .sort((a, b) => b.similarity - a.similarity);
}

/**
 * What the nearest neighbours of a new sound tell of it. Whether it is of a kind is judged by the kinds themselves: no
 * sound of theirs may be farther from the others of its kind.
 *
 * @param {Neighbour[]} neighbours
 * @param {MapSound[]} sounds
 * @returns {string}
 */
export function describe(neighbours, sounds) {
  const [first] = neighbours;
  const kinds = new Set(sounds.map(({ kind }) => kind));
  kinds.delete('yours');
  const usual = Math.min(
    ...sounds
      .filter(({ kind }) => kind !== 'yours')
      .map(
        (sound) =>
          neighboursOf(
            sound,
            sounds.filter(({ kind }) => kind === sound.kind),
          )[0]?.similarity ?? 1,
      ),
  );
  if (first.similarity >= usual) return `It sounds like ${first.sound.name}.`;
  return `It is of none of these kinds; most like it is ${first.sound.name}.`;
}
