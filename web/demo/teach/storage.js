// What was taught, kept by the browser on this device.

/** @import { SoundClass } from './taught.js' */

const DATABASE = 'edgel3-demo';
const STORE = 'taught';
const KEY = 'classes';

/**
 * @returns {Promise<SoundClass[] | undefined>} undefined where nothing is kept
 * @throws {unknown} where the browser keeps nothing for this page
 */
export async function loadTaught() {
  const database = await open();
  try {
    return await finish(database.transaction(STORE).objectStore(STORE).get(KEY));
  } finally {
    database.close();
  }
}

/**
 * @param {SoundClass[]} classes
 * @throws {unknown} where the browser keeps nothing for this page, or has no room for it
 */
export async function saveTaught(classes) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).put(classes, KEY);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return finish(request);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function finish(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
