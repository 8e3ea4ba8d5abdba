/**
 * NumPy's `.npy` format, version 1.0 (numpy.lib.format): how long series and matrices are kept, because
 * every scientific tool reads it and it needs no parser to understand in twenty years.
 */
export type NpyValues = Float64Array | Float32Array | Int32Array | Uint8Array | Uint16Array;

interface NpyType {
  readonly descr: string;
  readonly bytesPerValue: number;
}

/** The numeric type of an array as NumPy writes it; little-endian where a value has more than one byte. */
function npyType(values: NpyValues): NpyType {
  if (values instanceof Float64Array) return { descr: '<f8', bytesPerValue: 8 };
  if (values instanceof Float32Array) return { descr: '<f4', bytesPerValue: 4 };
  if (values instanceof Int32Array) return { descr: '<i4', bytesPerValue: 4 };
  if (values instanceof Uint16Array) return { descr: '<u2', bytesPerValue: 2 };
  return { descr: '|u1', bytesPerValue: 1 };
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/**
 * Header of a `.npy` file, padded so that the values start at a multiple of 64 bytes. With `minimumBytes` it is padded
 * further: a file written as a stream can have its final shape patched into a head of the same length.
 */
export function npyHeader(descr: string, shape: readonly number[], minimumBytes = 0): Uint8Array {
  const tuple = shape.length === 1 ? `(${String(shape[0])},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil(Math.max(magic.length + 2 + text.length + 1, minimumBytes) / 64) * 64;
  const bytes = new Uint8Array(length).fill(0x20);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint16(magic.length, length - magic.length - 2, true);
  for (let i = 0; i < text.length; i += 1) bytes[magic.length + 2 + i] = text.charCodeAt(i);
  bytes[length - 1] = 0x0a;
  return bytes;
}

/**
 * A whole `.npy` file: row-major values of the given shape, in the array's own type, little-endian.
 * Throws a RangeError when the shape does not hold exactly the values.
 */
export function encodeNpy(values: NpyValues, shape: readonly number[] = [values.length]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length) throw new RangeError(`shape ${shape.join('×')} does not hold ${values.length} values`);
  const { descr, bytesPerValue } = npyType(values);
  const header = npyHeader(descr, shape);
  const file = new Uint8Array(header.length + values.length * bytesPerValue);
  file.set(header);
  if (isLittleEndian() || bytesPerValue === 1) {
    file.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), header.length);
  } else {
    const view = new DataView(file.buffer, header.length);
    values.forEach((value, i) => {
      writeLittleEndian(view, i * bytesPerValue, value, values);
    });
  }
  return file;
}

/** A column of a series: its values, or a function that gives the value of a row. */
export type NpyColumn = ArrayLike<number> | ((row: number) => number);

/**
 * Columns of equal length as one row-major matrix of float64, a row a sample: the npy form of a series artefact. `rows` is
 * needed where every column is a function.
 */
export function encodeNpyColumns(columns: readonly NpyColumn[], rows = rowsOf(columns)): Uint8Array {
  const pieces = [...npyColumnPieces(columns, rows)];
  const file = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  return file;
}

const rowsPerPiece = 16_384;

/** The bytes of {@link encodeNpyColumns} piece by piece, so that a long series is written without being held twice. */
export function* npyColumnPieces(columns: readonly NpyColumn[], rows = rowsOf(columns)): Generator<Uint8Array> {
  if (columns.some((column) => typeof column !== 'function' && column.length !== rows)) {
    throw new RangeError('columns differ in length');
  }
  yield npyHeader('<f8', [rows, columns.length]);
  for (let first = 0; first < rows; first += rowsPerPiece) {
    const count = Math.min(rowsPerPiece, rows - first);
    const piece = new Float64Array(count * columns.length);
    columns.forEach((column, c) => {
      if (typeof column === 'function')
        for (let row = 0, at = c; row < count; row += 1, at += columns.length) piece[at] = column(first + row);
      else
        for (let row = 0, at = c; row < count; row += 1, at += columns.length) piece[at] = column[first + row] ?? NaN;
    });
    yield littleEndianBytes(piece);
  }
}

function littleEndianBytes(values: Float64Array<ArrayBuffer>): Uint8Array {
  if (!isLittleEndian()) {
    const view = new DataView(values.buffer);
    values.forEach((value, i) => {
      view.setFloat64(i * 8, value, true);
    });
  }
  return new Uint8Array(values.buffer);
}

function rowsOf(columns: readonly NpyColumn[]): number {
  const known = columns.find((column) => typeof column !== 'function');
  return typeof known === 'object' ? known.length : 0;
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
}

function writeLittleEndian(view: DataView, at: number, value: number, like: NpyValues): void {
  if (like instanceof Float64Array) view.setFloat64(at, value, true);
  else if (like instanceof Float32Array) view.setFloat32(at, value, true);
  else if (like instanceof Int32Array) view.setInt32(at, value, true);
  else view.setUint16(at, value, true);
}

/** A `.npy` file read back: what the tests, the report and the window need to draw a series. */
export interface NpyArray {
  readonly values: NpyValues;
  readonly shape: readonly number[];
}

/** Reads what {@link encodeNpy} writes (version 1.0, C order, the five types above). Throws a RangeError otherwise. */
export function decodeNpy(file: Uint8Array): NpyArray {
  if (file.length < 10 || magic.some((byte, i) => file[i] !== byte)) throw new RangeError('not a npy 1.0 file');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 10 + view.getUint16(8, true);
  if (start > file.length) throw new RangeError('npy header is cut off');
  const text = new TextDecoder('latin1').decode(file.subarray(10, start));
  const match = /^\{'descr': '([<|][a-z]\d)', 'fortran_order': False, 'shape': \(([\d, ]*)\), \}\s*$/.exec(text);
  if (!match) throw new RangeError('npy header is not one that is written here');
  const shape = (match[2] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  const body = new Uint8Array(file.subarray(start));
  const values = readValues(match[1] ?? '', body, count);
  return { values, shape };
}

function readValues(descr: string, body: Uint8Array<ArrayBuffer>, count: number): NpyValues {
  const make = { '<f8': Float64Array, '<f4': Float32Array, '<i4': Int32Array, '<u2': Uint16Array, '|u1': Uint8Array }[
    descr
  ];
  if (make === undefined) throw new RangeError(`npy type ${descr} is not one that is written here`);
  if (body.length !== count * make.BYTES_PER_ELEMENT) throw new RangeError('npy values do not fill their shape');
  if (isLittleEndian()) return new make(body.buffer, body.byteOffset, count);
  const view = new DataView(body.buffer, body.byteOffset);
  const values = new make(count);
  for (let i = 0; i < count; i += 1) {
    const at = i * make.BYTES_PER_ELEMENT;
    if (descr === '<f8') values[i] = view.getFloat64(at, true);
    else if (descr === '<f4') values[i] = view.getFloat32(at, true);
    else if (descr === '<i4') values[i] = view.getInt32(at, true);
    else if (descr === '<u2') values[i] = view.getUint16(at, true);
    else values[i] = view.getUint8(at);
  }
  return values;
}
