import { open } from 'node:fs/promises';
import { decodeNpy } from '../../base/npy.ts';
import { rowsInMemory, type RowSource } from './row-source.ts';

const headerShape = /'descr': '([<|][a-z]\d)', 'fortran_order': False, 'shape': \((\d+), (\d+)\)/;
const bytesOf: Readonly<Record<string, number>> = { '<f8': 8, '<f4': 4, '<i4': 4, '<u2': 2, '|u1': 1 };

/** A matrix up to this size is read whole and put in the order of its axis; a longer one is read where it is needed. */
const wholeUpToBytes = 4 * 1024 * 1024;

/**
 * Rows of a `.npy` matrix, a row a sample. Throws a RangeError where the file is not one that Assay writes, or its head does
 * not fit its length.
 */
export async function openNpyRows(path: string, columns: readonly string[]): Promise<RowSource> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = new Uint8Array(Math.min(size, 1024));
    await file.read(head, 0, head.length, 0);
    const start = head.length < 10 ? Infinity : 10 + new DataView(head.buffer).getUint16(8, true);
    const match = headerShape.exec(new TextDecoder('latin1').decode(head));
    const [, descr = '', rowsText = '', widthText = ''] = match ?? [];
    const [rows, width, valueBytes] = [Number(rowsText), Number(widthText), bytesOf[descr] ?? 0];
    if (match === null || width !== columns.length || start + rows * width * valueBytes !== size)
      throw new RangeError('not a matrix of these columns');
    if (size <= wholeUpToBytes) {
      const whole = new Uint8Array(size);
      await file.read(whole, 0, size, 0);
      await file.close();
      const { values } = decodeNpy(whole);
      return rowsInMemory(
        columns,
        columns.map((_, c) => Float64Array.from({ length: rows }, (_row, row) => values[row * width + c] ?? NaN)),
      );
    }
    const rowBytes = width * valueBytes;
    return {
      columns,
      rows,
      inMemory: false,
      async read(first, count) {
        const bytes = new Uint8Array(count * rowBytes);
        await file.read(bytes, 0, bytes.length, start + first * rowBytes);
        return toNumbers(bytes, descr);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

function toNumbers(bytes: Uint8Array<ArrayBuffer>, descr: string): Float64Array {
  const view = new DataView(bytes.buffer);
  const size = bytesOf[descr] ?? 1;
  const values = new Float64Array(bytes.length / size);
  for (let i = 0; i < values.length; i++) {
    const at = i * size;
    if (descr === '<f8') values[i] = view.getFloat64(at, true);
    else if (descr === '<f4') values[i] = view.getFloat32(at, true);
    else if (descr === '<i4') values[i] = view.getInt32(at, true);
    else if (descr === '<u2') values[i] = view.getUint16(at, true);
    else values[i] = view.getUint8(at);
  }
  return values;
}
