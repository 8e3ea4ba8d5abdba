import { readVersionAndFlags, type BoxDecoder, type BoxSpec } from '../box-spec.ts';
import { readTable } from '../read-table.ts';

/** Far beyond any real edit list, far below what could fill the memory. */
const maxEntries = 20_000;

/**
 * ISO/IEC 14496-12 §8.6.6. `segmentDuration` in the movie's time scale, `mediaTime` in the media's (-1: an empty edit).
 * FORENSIC: every entry is kept, not the first one only as in players, because later entries hide or repeat material.
 */
const editList: BoxDecoder = (reader, box) => {
  const { version } = readVersionAndFlags(reader);
  const count = reader.u32('entryCount');
  const entryBytes = version === 1 ? 20 : 12;
  readTable(reader, box, { count, entryBytes, recordAtMost: maxEntries }, (name) => {
    if (version === 1) {
      reader.u64(name('segmentDuration'));
      reader.i64(name('mediaTime'));
    } else {
      reader.u32(name('segmentDuration'));
      reader.i32(name('mediaTime'));
    }
    reader.fixed(name('rate'), 32, 16, true);
  });
};

export const editListBoxes: Readonly<Record<string, BoxSpec>> = {
  elst: { decode: editList, maxBytes: maxEntries * 20 + 8 },
};
