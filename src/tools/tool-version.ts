/** Version that a program of the FFmpeg project prints in the first line of `-version`; undefined where there is none. */
export function parseToolVersion(text: string): string | undefined {
  return /^ff\w+ version (\S+)/.exec(text)?.[1];
}
