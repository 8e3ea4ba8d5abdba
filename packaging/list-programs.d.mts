export declare const programs: readonly string[];
export declare function listPrograms(root: string, os: string, arch: string): string;
