import { toInputs } from './inputs.js';
import { RowCollector } from './row_collector.js';

/** @import { Output } from '../output.js' */
/** @import { Bytes, Inputs, Rows, StoredTable, TableOptions } from './table.js' */

/** Numbers of embeddings in a row group, about: 4 MB. */
const GROUP_NUMBERS = 2 ** 20;

/** Under these names the key-value metadata say what made the table, and where in the file the inputs begin and end. */
const PROVENANCE_KEY = 'edgel3';
const INPUTS_KEY = 'edgel3.inputs';

/** @type {import('hyparquet').SchemaElement[]} */
const SCHEMA = [
  { name: 'root', num_children: 4 },
  { name: 'file', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'start', type: 'DOUBLE', repetition_type: 'REQUIRED' },
  { name: 'end', type: 'DOUBLE', repetition_type: 'REQUIRED' },
  { name: 'embedding', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', type: 'FLOAT', repetition_type: 'REQUIRED' },
];

/** Loaded when the first such table is written or read: few need it. */
const loadLibrary = () => import('./parquet_library.js');

/**
 * A table as Apache Parquet: file (string), start and end (double, seconds), embedding (list of float). The inputs stand between the
 * rows and the metadata, which every reader reads as a whole: there they would cost it megabytes.
 */
export class ParquetTable {
  #output;
  #dimension;
  #writer;
  #parquet;
  #metadata;
  /** @type {Rows[]} */
  #pending = [];
  #pendingRows = 0;

  /**
   * @param {Output} output
   * @param {TableOptions} options
   */
  static async create(output, options) {
    return new ParquetTable(output, options, await loadLibrary());
  }

  /**
   * @param {Output} output
   * @param {TableOptions} options
   * @param {Awaited<ReturnType<typeof loadLibrary>>} library
   */
  constructor(output, { dimension, provenance }, { ByteWriter, ParquetWriter }) {
    this.#output = output;
    this.#dimension = dimension;
    this.#writer = new ByteWriter();
    this.#metadata = [{ key: PROVENANCE_KEY, value: provenance }];
    this.#parquet = new ParquetWriter({
      writer: this.#writer,
      schema: SCHEMA,
      createdBy: 'edgel3',
      kvMetadata: this.#metadata,
    });
  }

  /** @param {Rows} rows */
  async write(rows) {
    this.#pending.push(rows);
    this.#pendingRows += rows.starts.length;
    if (this.#pendingRows * this.#dimension >= GROUP_NUMBERS) await this.#writeGroup();
  }

  /** @param {Inputs} inputs */
  async end(inputs) {
    if (this.#pendingRows > 0) await this.#writeGroup();
    const start = this.#writer.offset;
    this.#writer.appendBytes(new Uint8Array(inputs.buffer));
    this.#metadata.push({ key: INPUTS_KEY, value: JSON.stringify([start, this.#writer.offset]) });
    this.#parquet.finish();
    await this.#flush();
  }

  async #writeGroup() {
    const pending = this.#pending;
    const columnData = [
      { name: 'file', data: pending.flatMap(({ file, starts }) => Array(starts.length).fill(file)) },
      { name: 'start', data: pending.flatMap(({ starts }) => [...starts]) },
      { name: 'end', data: pending.flatMap(({ ends }) => [...ends]) },
      { name: 'embedding', data: pending.flatMap((rows) => this.#splitEmbeddings(rows)), statistics: false },
    ];
    this.#parquet.write({ columnData, rowGroupSize: this.#pendingRows });
    this.#pending = [];
    this.#pendingRows = 0;
    await this.#flush();
  }

  /** @param {Rows} rows */
  #splitEmbeddings({ starts, embedding }) {
    const width = this.#dimension;
    return Array.from(starts, (_, row) => Array.from(embedding.subarray(row * width, (row + 1) * width)));
  }

  /** Hands on what is written; the writer counts on from there. */
  async #flush() {
    await this.#output.append(this.#writer.getBytes().slice());
    this.#writer.index = 0;
  }

  /** @param {Bytes} bytes @returns {Promise<StoredTable>} */
  static async read(bytes) {
    const file = {
      byteLength: bytes.byteLength,
      slice: async (/** @type {number} */ start, end = bytes.byteLength) =>
        (await bytes.read(start, end)).buffer,
    };
    const { parquetMetadataAsync } = await loadLibrary();
    const metadata = await parquetMetadataAsync(file);
    const findValue = (/** @type {string} */ name) =>
      metadata.key_value_metadata?.find(({ key }) => key === name)?.value;
    const place = findValue(INPUTS_KEY);
    const [start = 0, end = 0] = place === undefined ? [] : JSON.parse(place);
    const inputs = toInputs(await bytes.read(start, end));
    return { provenance: findValue(PROVENANCE_KEY), inputs, rows: readRows(file, metadata) };
  }
}

/**
 * @param {import('hyparquet').AsyncBuffer} file
 * @param {import('hyparquet').FileMetaData} metadata
 * @returns {AsyncGenerator<Rows>}
 */
async function* readRows(file, metadata) {
  const { parquetReadObjects } = await loadLibrary();
  const collector = new RowCollector();
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    for (const row of await parquetReadObjects({ file, metadata, rowStart, rowEnd })) {
      yield* collector.add(row.file, row.start, row.end, row.embedding);
    }
    rowStart = rowEnd;
  }
  yield* collector.end();
}
