export type BuiltPart = 'engine' | 'renderer' | 'electron';
export declare function isFresh(part: BuiltPart): boolean;
export declare function ensureBuilt(part: BuiltPart, options?: { force?: boolean }): Promise<boolean>;
