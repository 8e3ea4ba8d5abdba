import { useState } from 'react';

/** The value, or the last one of the same owner while there is none. */
export function useLast<T>(value: T | undefined, owner: string): T | undefined {
  const [last, setLast] = useState<{ readonly value: T; readonly owner: string }>();
  if (value !== undefined && (last?.value !== value || last.owner !== owner)) setLast({ value, owner });
  return value ?? (last?.owner === owner ? last.value : undefined);
}
