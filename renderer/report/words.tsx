import { visibleLines } from '../../src/base/visible-text.ts';

/** What a person wrote, with its lines. */
export function Words({ of }: { of: string }) {
  return of === '' ? null : (
    <div className="words">
      {visibleLines(of).map((line, i) => (
        <p key={i}>{line}</p>
      ))}
    </div>
  );
}
