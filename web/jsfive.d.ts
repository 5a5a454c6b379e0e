/** The part of jsfive that is used; the package has no types of its own. */
declare module 'jsfive' {
  export interface Dataset {
    readonly shape: number[];
    /** Type of the elements in numpy's notation, such as '<f4'. */
    readonly dtype: unknown;
    readonly value: number[];
  }

  export interface Group {
    readonly attrs: Record<string, unknown>;
    readonly keys: string[];
    get(path: string): Group | Dataset;
  }

  export class File implements Group {
    constructor(buffer: ArrayBuffer, name: string);
    readonly attrs: Record<string, unknown>;
    readonly keys: string[];
    get(path: string): Group | Dataset;
  }
}
