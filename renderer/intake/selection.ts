/** What is chosen in a list, by path, and where the keyboard stands. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Position of the keyboard; -1 in an empty list. */
  readonly at: number;
  /** Where a range begins. */
  readonly anchor: number;
}

export const nothingChosen: Selection = { chosen: new Set(), at: 0, anchor: 0 };

interface Choosable {
  readonly path: string;
}

/** Moves the keyboard; with `extend` everything between the anchor and there is chosen, without it nothing changes. */
export function moveTo(selection: Selection, list: readonly Choosable[], wanted: number, extend: boolean): Selection {
  const at = Math.min(Math.max(wanted, 0), list.length - 1);
  return extend ? range({ ...selection, at }, list) : { ...selection, at, anchor: at };
}

/** Chooses one alone. */
export function chooseOnly(list: readonly Choosable[], at: number): Selection {
  const path = list[at]?.path;
  return { chosen: new Set(path === undefined ? [] : [path]), at, anchor: at };
}

/** Adds one to what is chosen, or takes it away. */
export function toggle(selection: Selection, list: readonly Choosable[], at: number): Selection {
  const path = list[at]?.path;
  if (path === undefined) return selection;
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(path)) chosen.add(path);
  return { chosen, at, anchor: at };
}

/** Chooses everything from the anchor to a position. */
export function extendTo(selection: Selection, list: readonly Choosable[], at: number): Selection {
  return range({ ...selection, at }, list);
}

export function chooseAll(selection: Selection, list: readonly Choosable[]): Selection {
  return { ...selection, chosen: new Set(list.map(({ path }) => path)) };
}

function range(selection: Selection, list: readonly Choosable[]): Selection {
  const [from, to] = [Math.min(selection.anchor, selection.at), Math.max(selection.anchor, selection.at)];
  return { ...selection, chosen: new Set(list.slice(from, to + 1).map(({ path }) => path)) };
}

/** The next entry after `at` whose name begins with what was typed; -1 where there is none. */
export function findTyped(list: readonly { readonly name: string }[], at: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const order = list.map((_, i) => (at + i) % list.length);
  // One more letter of the same word stays where it is; a new word begins behind it.
  const from = typed.length > 1 ? order : [...order.slice(1), ...order.slice(0, 1)];
  return from.find((i) => list[i]?.name.toLowerCase().startsWith(wanted)) ?? -1;
}
