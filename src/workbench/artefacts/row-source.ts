/** Rows of numbers, read a stretch at a time; column 0 is the axis and ascends. */
export interface RowSource {
  readonly columns: readonly string[];
  readonly rows: number;
  /** True where the values lie in memory; otherwise a file is open until `close`. */
  readonly inMemory: boolean;
  /** Row-major values of `count` rows from `first` on. */
  read(first: number, count: number): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Columns that lie in memory, made a row source: rows in the order of their axis, those without an axis value left out. */
export function rowsInMemory(columns: readonly string[], values: readonly ArrayLike<number | null>[]): RowSource {
  const axis = values[0] ?? [];
  const order = Array.from({ length: axis.length }, (_, row) => row).filter((row) => Number.isFinite(axis[row] ?? NaN));
  const isAscending = order.every((row, i) => i === 0 || Number(axis[row]) >= Number(axis[order[i - 1] ?? 0]));
  if (!isAscending) order.sort((a, b) => Number(axis[a]) - Number(axis[b]));
  const width = columns.length;
  const matrix = new Float64Array(order.length * width);
  values.forEach((column, c) => {
    order.forEach((row, i) => {
      matrix[i * width + c] = column[row] ?? NaN;
    });
  });
  return {
    columns,
    rows: order.length,
    inMemory: true,
    read: (first, count) => Promise.resolve(matrix.subarray(first * width, (first + count) * width)),
    close: () => Promise.resolve(),
  };
}
